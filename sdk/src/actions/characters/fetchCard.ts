import type { StelaiClient } from "../../client.ts";
import { PrivateCardError, RelayerProtocolError, RelayerUnreachableError } from "../../errors/relayer.ts";
import type { Card } from "../../wire.ts";

export type FetchCardParameters = {
  /** `ipfs://…`, or any URL. */
  metadataURI: string;
  /** Where `ipfs://` is read from; the client's relayer when absent. */
  gateway?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type FetchCardReturnType = Card;

/** The URL at which an `ipfs://` URI can be read. Other URIs are returned as they are. */
export function gatewayUrl(client: StelaiClient, uri: string, gateway = client.relayerUrl ?? ""): string {
  return uri.startsWith("ipfs://") ? `${gateway.replace(/\/$/, "")}/ipfs/${uri.slice("ipfs://".length)}` : uri;
}

/**
 * The public card behind a character's metadata URI. It is its creator's text: show it as text, never as markup.
 * @throws PrivateCardError for `stelai:card:…`, which is read with `getModel`; RelayerUnreachableError,
 * RelayerProtocolError when it is no card.
 *
 * @example
 * ```ts
 * const card = await stelai.characters.fetchCard({ metadataURI: character.metadataURI });
 * ```
 */
export async function fetchCard(client: StelaiClient, parameters: FetchCardParameters): Promise<FetchCardReturnType> {
  if (parameters.metadataURI.startsWith("stelai:card:")) throw new PrivateCardError(parameters.metadataURI);
  const url = gatewayUrl(client, parameters.metadataURI, parameters.gateway);
  let response: Response;
  try {
    response = await client.fetch(url, parameters.signal ? { signal: parameters.signal } : {});
  } catch (cause) {
    if (parameters.signal?.aborted) throw cause;
    throw new RelayerUnreachableError(url, cause);
  }
  if (!response.ok) throw new RelayerProtocolError(`the card's gateway answered ${response.status}`);
  const card = (await response.json().catch(() => null)) as Partial<Card> | null;
  if (typeof card?.name !== "string") throw new RelayerProtocolError("the card has no name");
  return { tagline: "", description: "", tags: [], openers: [], ...card } as Card;
}
