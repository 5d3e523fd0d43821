import type { StelaiClient } from "../../client.ts";
import { RelayerProtocolError, RelayerUnreachableError } from "../../errors/relayer.ts";
import { gatewayUrl } from "../characters/fetchCard.ts";

export type FetchTextParameters = {
  /** `ipfs://…`, from a review or an answer. */
  textURI: string;
  /** Where `ipfs://` is read from; the client's relayer when absent. */
  gateway?: string | undefined;
  signal?: AbortSignal | undefined;
};
export type FetchTextReturnType = string;

/** The longest text that is taken, in UTF-16 code units: an author may point at anything. */
const LONGEST = 4_000;

/**
 * The words behind a review or an answer. They are their author's: show them as text, never as markup. Only `ipfs://` is
 * read, so that nobody learns who looks at a review.
 * @throws RelayerUnreachableError, RelayerProtocolError when it is no text.
 *
 * @example
 * ```ts
 * const words = await stelai.reviews.fetchText({ textURI: review.textURI });
 * ```
 */
export async function fetchText(client: StelaiClient, parameters: FetchTextParameters): Promise<FetchTextReturnType> {
  const { textURI, gateway, signal } = parameters;
  if (!textURI.startsWith("ipfs://")) throw new RelayerProtocolError("the text is not on IPFS");
  const url = gatewayUrl(client, textURI, gateway);
  let response: Response;
  try {
    response = await client.fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RelayerUnreachableError(url, cause);
  }
  if (!response.ok) throw new RelayerProtocolError(`the text's gateway answered ${response.status}`);
  const found = (await response.json().catch(() => null)) as { text?: unknown } | null;
  if (typeof found?.text !== "string") throw new RelayerProtocolError("the text has no words");
  return found.text.slice(0, LONGEST);
}
