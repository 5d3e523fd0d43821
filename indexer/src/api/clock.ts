import { db } from "ponder:api";
import { sql } from "ponder";

/** How far the index is: another text after every block, and the {@link chainNow} that goes with it. */
export type ChainHead = { checkpoint: string; now: bigint };

/**
 * The time by which passes run out and days begin, Unix seconds: that of the newest block indexed, or this machine's
 * where that is later. A local chain's time may have been moved months ahead; a real one's newest block is old when
 * nothing was mined since.
 */
export async function chainNow(): Promise<bigint> {
  return (await chainHead()).now;
}

/** @see ChainHead */
export async function chainHead(): Promise<ChainHead> {
  // Ponder's `/status` reads the same table.
  const { rows } = await db.execute<{ head: string | null }>(
    sql`SELECT max(latest_checkpoint) AS head FROM _ponder_checkpoint`,
  );
  const checkpoint = rows[0]?.head ?? "";
  // The first ten digits of a checkpoint are its block's time.
  return { checkpoint, now: laterOf(BigInt(checkpoint.slice(0, 10)), BigInt(Math.floor(Date.now() / 1_000))) };
}

function laterOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
