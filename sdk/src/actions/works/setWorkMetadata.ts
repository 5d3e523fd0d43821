import type { StelaiClient } from "../../client.ts";
import { worksSetMetadata } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetWorkMetadataParameters = {
  workId: bigint;
  /** `ipfs://…` of the metadata, at most 256 bytes. */
  metadataURI: string;
};
export type SetWorkMetadataReturnType = Sent;

/**
 * Changes a work's title, description, tags and preview. The file stays what it is; offers stay open. Owner.
 * @throws NotWorkOwnerError, InvalidMetadataURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { uri } = await stelai.relayer.uploadContent({ workMetadata: { ...metadata, title: "Harbour at dawn" } });
 * await (await stelai.works.setMetadata({ workId, metadataURI: uri })).wait();
 * ```
 */
export async function setWorkMetadata(
  client: StelaiClient,
  { workId, metadataURI }: SetWorkMetadataParameters,
): Promise<SetWorkMetadataReturnType> {
  const address = client.deployment.contracts.Works;
  const args = [workId, metadataURI] as const;
  return send(client, { address, abi: [worksSetMetadata], functionName: "setMetadata", args }, nothing);
}
