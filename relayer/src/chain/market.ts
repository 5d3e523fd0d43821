import { licensesAbi, worksAbi } from "@stelai/sdk/abis";
import { LICENCE_STATUSES, type LicenceStatus } from "@stelai/sdk/wire";
import { type Address, BaseError, ContractFunctionRevertedError, type Hex, toEventSelector } from "viem";
import { NotFoundError, UnavailableError } from "../errors.ts";
import type { Chain } from "./index.ts";
import type { Watched } from "./watcher.ts";

/** How long each step of an order may take, in seconds: `Licenses.DELIVERY`, `INSPECTION` and `RESOLUTION`. */
export const DELIVERY = 24n * 3_600n;
export const INSPECTION = 72n * 3_600n;
export const RESOLUTION = 7n * 86_400n;

const NAMES = ["Bought", "Delivered", "Released", "Refunded", "Disputed"] as const;

/** Topics of every event that changes an order; the first indexed value of each is the licence. */
export const ORDER_TOPICS: Hex[] = licensesAbi
  .filter((item) => item.type === "event")
  .filter(({ name }) => NAMES.some((one) => one === name))
  .map((item) => toEventSelector(item));

/** An order as the chain has it at its head. */
export type Order = {
  offerId: bigint;
  status: LicenceStatus;
  /** When its status began, and the right's last second (0 is never): Unix seconds. */
  since: bigint;
  expiry: bigint;
};

type Reads = Pick<Chain, "client" | "contracts">;

/** An order; its status is `None` when there is no such licence. */
export async function readOrder({ client, contracts }: Reads, licenceId: bigint): Promise<Order> {
  const { offerId, status, since, expiry } = await client.readContract({
    ...{ address: contracts.Licenses, abi: licensesAbi, functionName: "licenceOf", args: [licenceId] },
  });
  return { offerId, status: LICENCE_STATUSES[status] ?? "None", since: BigInt(since), expiry: BigInt(expiry) };
}

/** An offer, which never changes but for being closed; its attestor is the zero address when there is none. */
export function readOffer({ client, contracts }: Reads, offerId: bigint) {
  return client.readContract({
    ...{ address: contracts.Licenses, abi: licensesAbi, functionName: "offerOf", args: [offerId] },
  });
}

/** What identifies a work's file, and whose deposit it is delivered by. */
export async function readWork(
  { client, contracts }: Reads,
  workId: bigint,
): Promise<{ contentHash: Hex; creator: Address }> {
  return client.readContract({ address: contracts.Works, abi: worksAbi, functionName: "workOf", args: [workId] });
}

/** @throws NotFoundError when there is no such work, UnavailableError when the chain cannot be asked. */
export async function requireWork({ client, contracts }: Reads, workId: bigint): Promise<void> {
  try {
    await client.readContract({ address: contracts.Works, abi: worksAbi, functionName: "ownerOf", args: [workId] });
  } catch (cause) {
    const isNone = cause instanceof BaseError && cause.walk((one) => one instanceof ContractFunctionRevertedError);
    if (isNone) throw new NotFoundError(`There is no work ${workId}.`);
    throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
  }
}

/** When time decides an order, and how; undefined when nothing is to be decided any more. The second itself is within. */
export function deadlineOf({ status, since }: Pick<Order, "status" | "since">): bigint | undefined {
  if (status === "Escrowed") return since + DELIVERY;
  if (status === "Delivered") return since + INSPECTION;
  return status === "Disputed" ? since + RESOLUTION : undefined;
}

/** Orders of the chain, for whom something is to be done when one changes. */
export function watchOrders({ contracts }: Pick<Chain, "contracts">): Watched {
  return { address: contracts.Licenses, topics: [ORDER_TOPICS], onChange: async () => {} };
}
