import type { StelaiClient } from "../../client.ts";
import { ContentUnavailableError, UnreadableMetadataError } from "../../errors/marketClient.ts";
import { cidOf } from "../../internal/cid.ts";
import { askGateways, type GatewayOptions } from "../../internal/gateways.ts";
import { cleanText, readWorkMetadata } from "../../internal/workMetadata.ts";
import type { WorkMetadata } from "../../wireMarket.ts";

export type FetchWorkMetadataParameters = GatewayOptions & {
  /** `ipfs://…`, from a work. */
  metadataURI: string;
};
export type FetchWorkMetadataReturnType = WorkMetadata;

/** The most that is read: a creator may point at anything. */
const LARGEST = 131_072;

/**
 * A work's metadata from IPFS, held against its CID: a gateway that lies or is slow is passed over. Types, lengths and
 * addresses are as `workMetadataSchema` has them; controls and marks of direction are gone. It is the creator's text:
 * show it as text, never as markup.
 * @throws ContentUnavailableError when no gateway has it, UnreadableMetadataError when it is none: license and buy by the
 * chain all the same.
 *
 * @example
 * ```ts
 * const { title, description, preview } = await stelai.works.fetchMetadata({ metadataURI: work.metadataURI });
 * ```
 */
export async function fetchWorkMetadata(
  client: StelaiClient,
  { metadataURI, ...options }: FetchWorkMetadataParameters,
): Promise<FetchWorkMetadataReturnType> {
  if (!metadataURI.startsWith("ipfs://"))
    throw new UnreadableMetadataError(cleanText(metadataURI), "it is not on IPFS");
  const cid = metadataURI.slice("ipfs://".length);
  const passed: string[] = [];
  for await (const { gateway, bytes, why } of askGateways(client, cid, { ...options, limit: LARGEST })) {
    if (bytes && (await cidOf(bytes)) === cid) return metadataOf(metadataURI, bytes);
    passed.push(`${gateway}: ${why ?? "it sent other bytes"}`);
  }
  throw new ContentUnavailableError(cid, passed);
}

function metadataOf(uri: string, bytes: Uint8Array): WorkMetadata {
  try {
    return readWorkMetadata(bytes);
  } catch (why) {
    throw new UnreadableMetadataError(cleanText(uri), why instanceof Error ? why.message : String(why));
  }
}
