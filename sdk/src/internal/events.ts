import {
  type AbiEvent,
  type Address,
  type GetEventArgs,
  isAddressEqual,
  parseEventLogs,
  type TransactionReceipt,
} from "viem";
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
