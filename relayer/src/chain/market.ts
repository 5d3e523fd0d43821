import { licensesAbi, worksAbi } from "@stelai/sdk/abis";
import { LICENCE_STATUSES, type LicenceStatus } from "@stelai/sdk/wire";
import { type Address, BaseError, ContractFunctionRevertedError, type Hex, toEventSelector } from "viem";
import { NotFoundError } from "../errors.ts";
import { available } from "../http.ts";
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

/** An order as the chain has it at a block. */
export type Order = {
  offerId: bigint;
  status: LicenceStatus;
  /** When its status began, and the right's last second (0 is never): Unix seconds. */
  since: bigint;
  expiry: bigint;
};

/** What a work is delivered from: the file, and who must have deposited it. */
export type ChainWork = { creator: Address; contentHash: Hex };

type Reads = Pick<Chain, "client" | "contracts">;

/** An order; its status is `None` when there is no such licence. @param block The newest when absent, as everywhere here. */
export async function readOrder(chain: Reads, licenceId: bigint, block?: bigint): Promise<Order> {
  const { offerId, status, since, expiry } = await chain.client.readContract({
    ...{ ...licenses(chain, block), functionName: "licenceOf", args: [licenceId] },
  });
  return { offerId, status: LICENCE_STATUSES[status] ?? "None", since: BigInt(since), expiry: BigInt(expiry) };
}

/** An offer, which never changes but for being closed; its attestor is the zero address when there is none. */
export function readOffer(chain: Reads, offerId: bigint, block?: bigint) {
  return chain.client.readContract({ ...licenses(chain, block), functionName: "offerOf", args: [offerId] });
}

/** Whether an account holds a licence that was delivered or released and has not ended. */
export function isLicensed(chain: Reads, licenceId: bigint, account: Address, block?: bigint): Promise<boolean> {
  const args = [licenceId, account] as const;
  return chain.client.readContract({ ...licenses(chain, block), functionName: "isLicensed", args });
}

/** What identifies a work's file, and whose deposit it is delivered by; undefined when there is no such work. */
export function readWork(chain: Reads, workId: bigint, block?: bigint): Promise<ChainWork | undefined> {
  return orNone(chain.client.readContract({ ...works(chain, block), functionName: "workOf", args: [workId] }));
}

/** @throws NotFoundError when there is no such work, UnavailableError when the chain cannot be asked. */
export async function requireWork(chain: Reads, workId: bigint, block?: bigint): Promise<ChainWork> {
  const work = await available("The chain", readWork(chain, workId, block));
  if (work === undefined) throw new NotFoundError(`There is no work ${workId}.`);
  return work;
}

/** Who owns a work; undefined when there is no such work. */
export function readWorkOwner(chain: Reads, workId: bigint, block?: bigint): Promise<Address | undefined> {
  return orNone(chain.client.readContract({ ...works(chain, block), functionName: "ownerOf", args: [workId] }));
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

function licenses({ contracts }: Reads, blockNumber?: bigint) {
  return { address: contracts.Licenses, abi: licensesAbi, blockNumber } as const;
}

function works({ contracts }: Reads, blockNumber?: bigint) {
  return { address: contracts.Works, abi: worksAbi, blockNumber } as const;
}

/** What a read gives; undefined when the contract refuses it, for there is no such thing. */
async function orNone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    const isRefused = error instanceof BaseError && error.walk((one) => one instanceof ContractFunctionRevertedError);
    if (isRefused) return undefined;
    throw error;
  }
}
