import { readChainState, writeChainState } from "../config/chainState.ts";

/** What a creator had earned when they looked before. Amounts in wei of STELAI, times in Unix seconds. */
export interface Seen {
  /** The end of the visit before this one: what is told is since then. */
  readonly since: number;
  readonly sinceNet: bigint;
  /** The newest look of this visit. */
  readonly at: number;
  readonly net: bigint;
}

/** Looks with no more than this between them are one visit. */
const PAUSE_SECONDS = 30 * 60;

/** What is remembered after a look. @param before Undefined at the first one ever. */
export function afterLook(before: Seen | undefined, now: number, net: bigint): Seen {
  if (!before) return { since: now, sinceNet: net, at: now, net };
  const isNewVisit = now - before.at > PAUSE_SECONDS;
  return isNewVisit ? { since: before.at, sinceNet: before.net, at: now, net } : { ...before, at: now, net };
}

const key = (account: string) => `studio:seen:${account.toLowerCase()}`;

/** Remembers a look, and says what came in since the visit before. */
export async function look(account: string, now: number, net: bigint): Promise<Seen> {
  const seen = afterLook(await readChainState<Seen>(key(account)), now, net);
  await writeChainState(key(account), seen);
  return seen;
}
