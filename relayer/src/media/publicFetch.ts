import type { Dispatcher } from "undici";
import { isPublicHttps, PrivateNetworkError, publicDispatcher } from "../net/publicHost.ts";
import { Connection } from "../providers/connection.ts";
import { UpstreamMalformedError, UpstreamStatusError, UpstreamTimeoutError } from "../providers/errors.ts";

export type PublicFetchOptions = {
  /** Who named the address, for messages and logs. */
  provider: string;
  /**
   * The origin of the upstream that the operator configured: it alone may be in a private network or without TLS. None
   * for an address that anyone else named.
   */
  ownOrigin?: string;
  /** The most bytes that are read. */
  limit: number;
  signal: AbortSignal;
  /** Until the answer begins, of each hop. Default 15 s. */
  connectTimeoutMs?: number;
  /** Between two pieces of it. Default 15 s. */
  idleTimeoutMs?: number;
  /** From the first hop to the last byte. Default 120 s. */
  timeoutMs?: number;
  /** Connects to what is not the own origin. Default: to the public internet alone. */
  dispatcher?: Dispatcher;
};

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a file from an address that somebody named: over https from the public internet, or from the upstream's own
 * origin. What a name resolves to is checked and is what is connected to; every redirect is checked anew, and none leads
 * back to the own origin once it was left. No credentials, cookies or referrer are sent.
 *
 * @throws UpstreamMalformedError when the address, or one it redirects to, may not be asked, or the file is too large.
 * @throws ProviderError of the other kinds as of every upstream; the signal's reason when aborted
 */
export async function publicFetch(address: string, options: PublicFetchOptions): Promise<Uint8Array> {
  const { provider, signal, timeoutMs = 120_000 } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await follow(address, { ...options, signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted && error === deadline.reason) throw new UpstreamTimeoutError(provider, "idle", timeoutMs);
    if (error instanceof Error && error.cause instanceof PrivateNetworkError) {
      throw new UpstreamMalformedError(provider, error.cause.message, { cause: error });
    }
    throw error;
  }
}

async function follow(first: string, options: PublicFetchOptions): Promise<Uint8Array> {
  const { provider, ownOrigin } = options;
  let address = first;
  let isOwn = true;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    isOwn &&= ownOrigin !== undefined && URL.canParse(address) && isPlain(new URL(address), ownOrigin);
    if (!isOwn && !isPublicHttps(address)) {
      throw new UpstreamMalformedError(provider, "an address that is not https on the public internet");
    }
    const answer = await get(address, isOwn, options);
    if (answer instanceof Uint8Array) return answer;
    if (!URL.canParse(answer.location, address)) throw new UpstreamMalformedError(provider, "a redirect to nowhere");
    address = new URL(answer.location, address).href;
  }
  throw new UpstreamMalformedError(provider, `more than ${MAX_REDIRECTS} redirects`);
}

function isPlain(url: URL, origin: string): boolean {
  return url.origin === origin && url.username === "" && url.password === "";
}

async function get(
  url: string,
  isOwn: boolean,
  {
    provider,
    limit,
    signal,
    connectTimeoutMs = 15_000,
    idleTimeoutMs = 15_000,
    dispatcher = publicDispatcher,
  }: PublicFetchOptions,
): Promise<Uint8Array | { location: string }> {
  const connection = new Connection({
    provider,
    url,
    method: "GET",
    headers: { accept: "*/*" },
    connectTimeoutMs,
    idleTimeoutMs,
    signal,
    ...(isOwn ? {} : { dispatcher }),
  });
  try {
    const { ok, status, headers } = await connection.open();
    const location = headers.get("location");
    if (REDIRECTS.has(status) && location !== null) return { location };
    if (!ok) throw new UpstreamStatusError(provider, status, "on downloading the file it named");
    return await connection.bytes(limit);
  } finally {
    connection.close();
  }
}
