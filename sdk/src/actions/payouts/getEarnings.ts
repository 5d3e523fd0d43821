import type { Address, Hash, Hex } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { payoutsEarnedEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";
import { payeeOf } from "../../splits.ts";

export type GetEarningsParameters = {
  /** An address (`payeeOf`) or a split; the wallet itself when absent. */
  payee?: bigint | undefined;
  /** From where to read; the deployment's start when absent. */
  fromBlock?: bigint | undefined;
};

/** What arrived for a payee, oldest first; amounts in wei of STELAI. */
export type GetEarningsReturnType = {
  payee: bigint;
  source: Address;
  /** What it was for; the source says how to read it. */
  ref: Hex;
  gross: bigint;
  commission: bigint;
  net: bigint;
  blockNumber: bigint;
  transaction: Hash;
}[];

/**
 * Every earning of a payee with its commission, from the chain. The index has the same with totals and days, for
 * screens: `indexer.graphql`.
 *
 * @example
 * ```ts
 * const earnings = await stelai.payouts.getEarnings({ payee: payeeOf(account) });
 * ```
 */
export async function getEarnings(
  client: StelaiClient,
  parameters: GetEarningsParameters = {},
): Promise<GetEarningsReturnType> {
  const payee = parameters.payee ?? payeeOf(requireWallet(client).account.address);
  const logs = await allLogs(client, {
    address: client.deployment.contracts.Payouts,
    event: payoutsEarnedEvent,
    args: { payee },
    fromBlock: parameters.fromBlock,
  });
  return logs.map(({ args, blockNumber, transactionHash }) => ({
    payee,
    source: args.source,
    ref: args.ref,
    gross: args.amount,
    commission: args.commission,
    net: args.amount - args.commission,
    blockNumber,
    transaction: transactionHash,
  }));
}
