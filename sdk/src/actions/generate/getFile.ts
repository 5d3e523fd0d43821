import { keccak256 } from "viem";
import type { StelaiClient } from "../../client.ts";
import { FileDiffersError } from "../../errors/client.ts";
import type { Generation } from "../../wire.ts";
import { type GenerationParameters, generationResponse } from "./generation.ts";

export type GetFileParameters = Omit<GenerationParameters, "id"> & {
  /** A completed one. */
  generation: Pick<Generation, "id" | "file">;
  /** The file, its preview, or a ZIP of the file with its record; the file when absent. */
  part?: "content" | "preview" | "export" | undefined;
};
export type GetFileReturnType = { bytes: Uint8Array; mediaType: string };

/**
 * The file of a generation, held against the hash that its receipt names; or its preview, or all of it as a ZIP.
 * @throws FileDiffersError when it is another file; GenerationNotFinishedError, GenerationNotFoundError.
 *
 * @example
 * ```ts
 * const { bytes, mediaType } = await stelai.generate.getFile({ generation, session });
 * ```
 */
export async function getFile(client: StelaiClient, parameters: GetFileParameters): Promise<GetFileReturnType> {
  const { generation, part = "content", session, signal } = parameters;
  const response = await generationResponse(client, { id: generation.id, session, signal }, `/${part}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const expected = generation.file?.contentHash;
  const found = keccak256(bytes);
  if (part === "content" && expected !== undefined && found !== expected) {
    throw new FileDiffersError(generation.id, expected, found);
  }
  return { bytes, mediaType: response.headers.get("content-type") ?? "application/octet-stream" };
}
