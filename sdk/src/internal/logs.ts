import type { AbiEvent, Address, Log } from "viem";
import { getBlockNumber, getLogs } from "viem/actions";
import type { StelaiClient } from "../client.ts";

/** How many blocks one `eth_getLogs` asks for; many public nodes refuse more. */
const BLOCKS_PER_REQUEST = 10_000n;

/** All logs of an event of one contract, oldest first, asked for in ranges a node accepts. */
export async function allLogs<const event extends AbiEvent>(
  client: StelaiClient,
  query: { address: Address; event: event; args?: Record<string, unknown>; fromBlock?: bigint | undefined },
): Promise<Log<bigint, number, false, event, true>[]> {
  const last = await getBlockNumber(client.publicClient, { cacheTime: 0 });
  const logs: Log<bigint, number, false, event, true>[] = [];
  for (let from = query.fromBlock ?? client.deployment.startBlock; from <= last; from += BLOCKS_PER_REQUEST) {
    const upTo = from + BLOCKS_PER_REQUEST - 1n;
    const page = await getLogs(client.publicClient, {
      address: query.address,
      event: query.event as AbiEvent,
      args: query.args as never,
      strict: true,
      fromBlock: from,
      toBlock: upTo < last ? upTo : last,
    });
    logs.push(...(page as unknown as typeof logs));
  }
  return logs;
}
