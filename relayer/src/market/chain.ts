import { licensesAbi, worksAbi } from "@stelai/sdk/abis";
import { LICENCE_STATUSES, type LicenceStatus } from "@stelai/sdk/wire";
import { type Address, BaseError, ContractFunctionRevertedError, getAbiItem, type Hex } from "viem";
import { type Chain, sameAddress } from "../chain/index.ts";

/** A licence as the chain has it at a block. */
export type ChainLicence = { offerId: bigint; status: LicenceStatus; expiry: bigint };

/** What a work is delivered from: the file, and who must have deposited it. */
export type ChainWork = { creator: Address; contentHash: Hex };

/** Blocks of one `eth_getLogs`. */
const SPAN = 10_000n;
const CREATED = getAbiItem({ abi: worksAbi, name: "WorkCreated" });

/** What the marketplace's contracts say, at the block that is asked for. */
export class MarketChain {
  readonly #chain: Pick<Chain, "client" | "contracts" | "startBlock" | "head">;

  constructor(chain: Pick<Chain, "client" | "contracts" | "startBlock" | "head">) {
    this.#chain = chain;
  }

  async licence(licenceId: bigint, blockNumber: bigint): Promise<ChainLicence> {
    const { offerId, status, expiry } = await this.#chain.client.readContract({
      ...{ ...this.#licenses, functionName: "licenceOf", args: [licenceId], blockNumber },
    });
    return { offerId, status: LICENCE_STATUSES[status] ?? "None", expiry: BigInt(expiry) };
  }

  /** Whether an account holds a licence that was delivered or released and has not ended. */
  async isLicensed(licenceId: bigint, account: Address, blockNumber: bigint): Promise<boolean> {
    if (blockNumber < this.#chain.startBlock) return false;
    const args = [licenceId, account] as const;
    return this.#chain.client.readContract({ ...this.#licenses, functionName: "isLicensed", args, blockNumber });
  }

  async workOfOffer(offerId: bigint, blockNumber: bigint): Promise<bigint> {
    const { workId } = await this.#chain.client.readContract({
      ...{ ...this.#licenses, functionName: "offerOf", args: [offerId], blockNumber },
    });
    return workId;
  }

  /** Undefined when there is no such work. */
  async work(workId: bigint, blockNumber: bigint): Promise<ChainWork | undefined> {
    return orNone(
      this.#chain.client.readContract({ ...this.#works, functionName: "workOf", args: [workId], blockNumber }),
    );
  }

  async isOwner(workId: bigint, account: Address, blockNumber: bigint): Promise<boolean> {
    if (blockNumber < this.#chain.startBlock) return false;
    const owner = await orNone(
      this.#chain.client.readContract({ ...this.#works, functionName: "ownerOf", args: [workId], blockNumber }),
    );
    return owner !== undefined && sameAddress(owner, account);
  }

  /**
   * The works that accounts created since the deployment: whose, and of which file.
   * @throws RangeError when the node does not have the whole chain: what it leaves out may be created all the same.
   */
  async createdBy(creators: readonly Address[]): Promise<ChainWork[]> {
    const { client, startBlock } = this.#chain;
    const head = await client.getBlockNumber({ cacheTime: 0 });
    const known = this.#chain.head().number;
    if (head < startBlock || head < known) throw new RangeError(`the node is at block ${head}, behind block ${known}`);
    const works: ChainWork[] = [];
    for (let fromBlock = startBlock; fromBlock <= head; fromBlock += SPAN) {
      const end = fromBlock + SPAN - 1n;
      const range = { fromBlock, toBlock: end < head ? end : head };
      const address = this.#works.address;
      const logs = await client.getLogs({
        address,
        event: CREATED,
        args: { creator: [...creators] },
        strict: true,
        ...range,
      });
      for (const { args } of logs) works.push({ creator: args.creator, contentHash: args.contentHash });
    }
    return works;
  }

  get #licenses() {
    return { address: this.#chain.contracts.Licenses, abi: licensesAbi } as const;
  }

  get #works() {
    return { address: this.#chain.contracts.Works, abi: worksAbi } as const;
  }
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
