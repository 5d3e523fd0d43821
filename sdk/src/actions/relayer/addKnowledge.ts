import type { StelaiClient } from "../../client.ts";
import { FILE_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import { queryOf } from "../../internal/indexer.ts";
import type { KnowledgeFile } from "../../wire.ts";

export type AddKnowledgeParameters = {
  characterId: bigint;
  /** Plain text, Markdown or PDF; its `type` says which. At most 2 MB. */
  file: Blob;
  /** What it is listed as; the file's own name when absent. */
  name?: string | undefined;
};
export type AddKnowledgeReturnType = KnowledgeFile;

/**
 * Gives a character a file to answer from. The operator keeps it encrypted and cuts it into passages; the owner may see
 * and delete it. The change is announced to the character's users.
 * @throws UnsupportedFileError, UnreadableFileError, BodyTooLargeError, NotSignedInError, NotOwnerError.
 *
 * @example
 * ```ts
 * await stelai.relayer.addKnowledge({ characterId, file: input.files[0] });
 * ```
 */
export async function addKnowledge(
  client: StelaiClient,
  { characterId, file, name = nameOf(file) }: AddKnowledgeParameters,
): Promise<AddKnowledgeReturnType> {
  const path = `/v1/characters/${characterId}/knowledge${queryOf({ name })}`;
  const headers = { "content-type": file.type || "application/octet-stream" };
  const body = new Uint8Array(await file.arrayBuffer());
  return relayerRequest(client, { path, method: "POST", headers, body, signedIn: true, errors: FILE_ERRORS });
}

function nameOf(file: Blob): string {
  return "name" in file && typeof file.name === "string" ? file.name : "file";
}
