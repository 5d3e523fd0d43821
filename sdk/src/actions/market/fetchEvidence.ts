import type { StelaiClient } from "../../client.ts";
import { ContentUnavailableError } from "../../errors/marketClient.ts";
import { RelayerProtocolError } from "../../errors/relayer.ts";
import { cidOf } from "../../internal/cid.ts";
import { askGateways, type GatewayOptions } from "../../internal/gateways.ts";

export type FetchEvidenceParameters = GatewayOptions & {
  /** `ipfs://…`, of a dispute or of a decision. */
  textURI: string;
};
/** The words, the beginning of them where there are more than a person writes. */
export type FetchEvidenceReturnType = string;

/** The most that is read, in bytes, and taken, in UTF-16 code units: whoever disputes may point at anything. */
const LARGEST = 65_536;
const LONGEST = 8_000;

/**
 * What is said in a dispute, or in the decision of one, held against its CID: a gateway that lies is passed over. It is
 * its author's: show it as text, never as markup.
 * @throws ContentUnavailableError when no gateway has it, RelayerProtocolError when it is no text.
 *
 * @example
 * ```ts
 * if (order.evidenceURI !== null) show(await stelai.market.fetchEvidence({ textURI: order.evidenceURI }));
 * ```
 */
export async function fetchEvidence(
  client: StelaiClient,
  { textURI, ...options }: FetchEvidenceParameters,
): Promise<FetchEvidenceReturnType> {
  if (!textURI.startsWith("ipfs://")) throw new RelayerProtocolError("the evidence is not on IPFS");
  const cid = textURI.slice("ipfs://".length);
  const passed: string[] = [];
  for await (const { gateway, bytes, why } of askGateways(client, cid, { ...options, limit: LARGEST })) {
    if (bytes && (await cidOf(bytes)) === cid) return wordsOf(bytes).slice(0, LONGEST);
    passed.push(`${gateway}: ${why ?? "it sent other bytes"}`);
  }
  throw new ContentUnavailableError(cid, passed);
}

function wordsOf(bytes: Uint8Array): string {
  try {
    const { text } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as { text?: unknown };
    if (typeof text === "string") return text;
  } catch {
    // Neither UTF-8 nor JSON.
  }
  throw new RelayerProtocolError("the evidence has no words");
}
