/**
 * A process of the workshop: computes what engines make, reads the bytes that others sent, and draws with them. It
 * is given no key and no database, and is killed when it takes too long.
 */
import { Worker } from "node:worker_threads";
import type { Probed } from "../../media/probe.ts";
import { keccak256 } from "../../metering/keccak.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { Examined, Failure, Outcome, Report, Showing, Task } from "./messages.ts";

/** What it may take of the machine's memory. */
const memoryBytes = Number(process.argv[2]);

/**
 * From a thread of its own, for what computes for minutes leaves none: ends with its parent however that ended, and
 * before a file that was made to take all memory does.
 */
const WATCH = `
const parent = process.ppid;
const isFine = () => process.ppid === parent && process.memoryUsage.rss() < ${memoryBytes};
setInterval(() => isFine() || process.kill(process.pid, "SIGKILL"), 200);
`;

const send = (report: Report) =>
  new Promise<void>((resolve) => {
    process.send?.(report, undefined, {}, () => resolve());
  });

async function work(task: Task): Promise<Outcome> {
  if (task.kind === "make") {
    const { ENGINES } = await import("../../providers/local/engines.ts");
    return ENGINES[task.request.modality].make(task.request, (done) => void send({ kind: "progress", done }));
  }
  if (task.kind === "draw") {
    const { drawShareCard } = await import("../../media/shareCard.ts");
    return drawShareCard(task.card);
  }
  const { probe } = await import("../../media/probe.ts");
  const probed = await probe(task.bytes, task.modality, task.limits);
  return { probed, ...(await show(task.bytes, probed, task.showing)), contentHash: keccak256(task.bytes) };
}

async function show(
  bytes: Uint8Array,
  probed: Probed,
  showing: Showing,
): Promise<Pick<Examined, "preview" | "poster">> {
  if (showing === "own") {
    const { previewOf } = await import("../../media/preview.ts");
    return { preview: await previewOf(bytes, probed) };
  }
  const { salePreviewOf } = await import("../../media/sale/index.ts");
  return salePreviewOf(bytes, probed, showing === "sale");
}

function failureOf(error: unknown): Failure {
  if (error instanceof ProviderError) {
    const { code, provider, message, retryable, detail } = error;
    return { code, provider, message, retryable, detail };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: undefined, provider: "local", message: "", retryable: false, detail };
}

process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole group of processes: the parent ends this one when it is done.
process.on("SIGINT", () => {});
process.on("message", (task: Task) => {
  work(task).then(
    (outcome) => send({ kind: "done", outcome }),
    (error: unknown) => send({ kind: "failed", failure: failureOf(error) }),
  );
});
new Worker(WATCH, { eval: true }).unref();
await send({ kind: "ready" });
