import type { Stelai } from "@stelai/sdk";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** How far the chain's time can be moved ahead at once: what expires by the hour, the day, the month and the year. */
export const STEPS = [
  { name: "hour", seconds: HOUR },
  { name: "day", seconds: DAY },
  { name: "month", seconds: 30 * DAY },
  { name: "year", seconds: 365 * DAY },
] as const;

/** Moves a local chain's time ahead and mines a block that has it; only a development node does this. */
export async function advance({ client }: Stelai, seconds: number): Promise<void> {
  const request = client.publicClient.request as (call: { method: string; params: unknown[] }) => Promise<unknown>;
  await request({ method: "evm_increaseTime", params: [seconds] });
  await request({ method: "evm_mine", params: [] });
}
