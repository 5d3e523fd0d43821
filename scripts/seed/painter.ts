/** A thread of its own that makes the tools' pictures, one after the other, while the rest is published. */
import { parentPort, Worker, workerData } from "node:worker_threads";
import type { SeedTool } from "./content/types.ts";

type Made = { slug: string; type: string; bytes: Uint8Array<ArrayBuffer> };

/** Starts it; gives the picture of a tool as soon as it is there. */
export function startPainter(tools: readonly SeedTool[]): (slug: string) => Promise<Blob> {
  const worker = new Worker(new URL(import.meta.url), { workerData: tools });
  const pictures = new Map(tools.map(({ slug }) => [slug, Promise.withResolvers<Blob>()]));
  const fail = (error: unknown) => {
    for (const { reject } of pictures.values()) reject(error);
  };
  // Who never asks need not know.
  for (const { promise } of pictures.values()) promise.catch(() => {});
  worker.on("message", ({ slug, type, bytes }: Made) => pictures.get(slug)?.resolve(new Blob([bytes], { type })));
  worker.once("error", fail);
  worker.once("exit", () => fail(new Error("The thread that makes pictures ended too soon.")));
  return async (slug) => {
    const picture = pictures.get(slug);
    if (picture === undefined) throw new Error(`There is no tool with the slug ${slug}.`);
    return picture.promise;
  };
}

if (parentPort !== null) {
  const { showOff } = await import("./picture.ts");
  for (const tool of workerData as SeedTool[]) {
    const picture = await showOff(tool);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    parentPort.postMessage({ slug: tool.slug, type: picture.type, bytes } satisfies Made);
  }
}
