import { db } from "ponder:api";
import { sql } from "ponder";

/**
 * The time by which passes run out and days begin, Unix seconds: that of the newest block indexed, or this machine's
 * where that is later. A local chain's time may have been moved months ahead; a real one's newest block is old when
 * nothing was mined since.
 */
export async function chainNow(): Promise<bigint> {
  // The first ten digits of a checkpoint are its block's time; Ponder's `/status` reads the same table.
  const { rows } = await db.execute<{ head: string | null }>(
    sql`SELECT max(left(latest_checkpoint, 10)) AS head FROM _ponder_checkpoint`,
  );
  return laterOf(BigInt(rows[0]?.head ?? 0), BigInt(Math.floor(Date.now() / 1_000)));
}

function laterOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
