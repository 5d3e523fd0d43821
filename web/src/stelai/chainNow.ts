import type { Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { getBlock } from "viem/actions";

const wallClock = () => BigInt(Math.floor(Date.now() / 1000));

/** The chain's time in unix seconds. A quiet chain's newest block is old, a test chain's may be ahead of the clock. */
export async function chainNow({ client }: Stelai): Promise<bigint> {
  const { timestamp } = await getBlock(client.publicClient);
  const clock = wallClock();
  if (timestamp > clock) return timestamp;
  return clock;
}

/** The same for drawing: at most a quarter of a minute old. */
export function useChainNow(): bigint {
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "chainNow"),
    queryFn: () => chainNow(stelai),
    refetchInterval: 15_000,
  });
  const clock = wallClock();
  return data !== undefined && data > clock ? data : clock;
}
