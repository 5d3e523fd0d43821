import {
  type AbiEvent,
  type Address,
  type GetEventArgs,
  isAddressEqual,
  type Log,
  parseEventLogs,
  type TransactionReceipt,
} from "viem";
import { getBlockNumber, getLogs } from "viem/actions";
import type { StelaiClient } from "../client.ts";
import { EventMissingError } from "../errors/client.ts";

/** The arguments of the one event of `address` that a transaction must have. @throws EventMissingError */
export function eventArguments<const event extends AbiEvent>(
  receipt: TransactionReceipt,
  address: Address,
  event: event,
): GetEventArgs<[event], event["name"], { EnableUnion: false; IndexedOnly: false; Required: true }> {
  const logs = parseEventLogs({ abi: [event] as readonly AbiEvent[], logs: receipt.logs });
  const found = logs.find((log) => isAddressEqual(log.address, address)) as { args?: unknown } | undefined;
  if (!found) throw new EventMissingError(event.name, receipt.transactionHash);
  return found.args as never;
}

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
