import { type Address, parseEventLogs } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import {
  characterAccessPassRenewedEvent,
  characterAccessRenew,
  characterAccessRenewalsOf,
} from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { type RenewalStatus, renewalStatusOf } from "./plan.ts";

/** Whose pass of what. */
export type PassId = { characterId: bigint; account: Address };

export type RenewParameters = { passes: readonly PassId[] };

/** A pass that was renewed; its price in microcredits, its times in Unix seconds. */
export type PassRenewed = PassId & { price: bigint; start: bigint; until: bigint };

export type RenewReturnType = Sent<{ renewed: PassRenewed[] }> & {
  /** What was found of each before it was sent: those that are `Due` are renewed, the others skipped. */
  statuses: RenewalStatus[];
};

/**
 * Renews those passes that can be. Anyone may send it; the holders pay, at most what each agreed to.
 * @throws UserRejectedError.
 *
 * @example
 * ```ts
 * const { statuses, wait } = await stelai.access.renew({ passes: [{ characterId, account }] });
 * const { renewed } = await wait();
 * ```
 */
export async function renew(client: StelaiClient, { passes }: RenewParameters): Promise<RenewReturnType> {
  const address = client.deployment.contracts.CharacterAccess;
  const found = await readContract(client.publicClient, {
    address,
    abi: [characterAccessRenewalsOf],
    functionName: "renewalsOf",
    args: [passes],
  });
  const call = { address, abi: [characterAccessRenew], functionName: "renew", args: [passes] } as const;
  const sent = await send(client, call, ({ logs }) => {
    const events = parseEventLogs({ abi: [characterAccessPassRenewedEvent], logs });
    const renewed = events.map(({ args: { characterId, account, price, start, until } }) => {
      return { characterId, account, price: BigInt(price), start: BigInt(start), until: BigInt(until) };
    });
    return { renewed };
  });
  return { ...sent, statuses: found.map(renewalStatusOf) };
}
