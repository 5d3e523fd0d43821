import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { licensesLicenceOf, licensesOwnerOf } from "../../generated/fragments.ts";
import type { LicenceStatus } from "../../wireMarket.ts";
import { endOf, ORDER_STATUSES } from "./tiers.ts";
import type { OrderEnd } from "./types.ts";

export type GetLicenceParameters = {
  licenceId: bigint;
  /** The block that is read; the newest when absent. */
  blockNumber?: bigint | undefined;
};

/** Times in Unix seconds. */
export type GetLicenceReturnType = {
  licenceId: bigint;
  /** 0 when there is no such licence. */
  offerId: bigint;
  /** `None` when there is no such licence. */
  status: LicenceStatus;
  /** When that began. */
  since: bigint;
  /** The right's last second; 0 is never. */
  expiry: bigint;
  /** The commission, pinned, in ten-thousandths. */
  commissionBps: number;
  /** How often it changed hands since it was bought. */
  moves: number;
  /** Null when it was refunded, which burns it, or never was. */
  holder: Address | null;
  /** The last second before time decides, and what it decides then; null when the order has come to its end. */
  deadline: bigint | null;
  then: OrderEnd | null;
};

/**
 * A licence, which is its order, as the chain has it; one that does not exist has the status `None`.
 *
 * @example
 * ```ts
 * const { status, holder, deadline, then } = await stelai.market.getLicence({ licenceId: 3n });
 * ```
 */
export async function getLicence(
  client: StelaiClient,
  { licenceId, blockNumber }: GetLicenceParameters,
): Promise<GetLicenceReturnType> {
  const licenses = { address: client.deployment.contracts.Licenses, args: [licenceId], blockNumber } as const;
  const found = await readContract(client.publicClient, {
    ...licenses,
    abi: [licensesLicenceOf],
    functionName: "licenceOf",
  });
  const status = ORDER_STATUSES[found.status] ?? "None";
  const isThere = status !== "None" && status !== "Refunded";
  const holder = isThere
    ? await readContract(client.publicClient, { ...licenses, abi: [licensesOwnerOf], functionName: "ownerOf" })
    : null;
  const since = BigInt(found.since);
  return { ...found, licenceId, status, since, expiry: BigInt(found.expiry), holder, ...endOf(status, since) };
}
