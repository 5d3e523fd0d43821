import type { StelaiClient } from "../client.ts";
import { chainTime } from "./authorization.ts";

/** Tells the chain's time in Unix seconds; it is read once a minute and goes on by this machine's clock in between. */
export function chainClock(client: StelaiClient): () => Promise<bigint> {
  let read: { offset: bigint; at: number } | undefined;
  return async () => {
    const wall = Date.now();
    const seconds = BigInt(Math.floor(wall / 1000));
    if (!read || wall - read.at > 60_000) read = { offset: (await chainTime(client)) - seconds, at: wall };
    return seconds + read.offset;
  };
}
