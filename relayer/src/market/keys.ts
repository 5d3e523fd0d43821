import type { ContentKey } from "@stelai/sdk/wire";
import type { Address } from "viem";
import { type Chain, type Head, sameAddress } from "../chain/index.ts";
import {
  type ChainWork,
  isLicensed,
  type Order,
  readOffer,
  readOrder,
  readWork,
  readWorkOwner,
} from "../chain/market.ts";
import { NotFoundError, RelayerError, UnavailableError } from "../errors.ts";
import { NotFinalError, NotLicensedError } from "./errors.ts";
import type { Releases } from "./releases.ts";
import type { Deposits, Keys } from "./types.ts";

export type KeysOptions = {
  chain: Pick<Chain, "client" | "contracts" | "startBlock" | "refresh" | "finalityBlocks">;
  deposits: Pick<Deposits, "keyFor">;
  releases: Pick<Releases, "add">;
};

/** What the chain confirmed that a file may be opened for. */
type Confirmed = { workId: bigint; licenceId: bigint | null; work: ChainWork; at: bigint };

/**
 * Releases the keys of deposited files. The chain decides, twice: as of the newest block, so that what was refunded, is
 * disputed, moved on or ended releases nothing any more; and as of the final one, so that nothing that a key was released
 * for can be taken back.
 */
export class KeyRelease implements Keys {
  readonly #options: KeysOptions;

  constructor(options: KeysOptions) {
    this.#options = options;
  }

  async ofLicence(licenceId: bigint, account: Address): Promise<ContentKey> {
    const confirmed = await reached(this.#licensed(licenceId, account));
    const key = await this.#release(confirmed);
    // Before it is answered: a key that was given and not told of would count against the seller.
    await this.#options.releases.add(licenceId, account, confirmed.at);
    return key;
  }

  async ofWork(workId: bigint, account: Address): Promise<ContentKey> {
    return this.#release(await reached(this.#owned(workId, account)));
  }

  async #licensed(licenceId: bigint, account: Address): Promise<Confirmed> {
    const { chain } = this.#options;
    const head = await chain.refresh();
    const isSo = (block: bigint) => isLicensed(chain, licenceId, account, block);
    const [licence, isNow] = await Promise.all([readOrder(chain, licenceId, head.number), isSo(head.number)]);
    if (licence.status === "None") throw new NotFoundError("There is no such licence.");
    if (!isNow) throw new NotLicensedError(licence.status, whyNot(licence, head));
    await this.#requireFinal(head, isSo);
    const { workId } = await readOffer(chain, licence.offerId, head.number);
    const work = await readWork(chain, workId, head.number);
    if (work === undefined) throw new RangeError(`licence ${licenceId} is of no work`);
    return { workId, licenceId, work, at: head.timestamp };
  }

  async #owned(workId: bigint, account: Address): Promise<Confirmed> {
    const { chain } = this.#options;
    const head = await chain.refresh();
    const isSo = async (block: bigint) => {
      const owner = await readWorkOwner(chain, workId, block);
      return owner !== undefined && sameAddress(owner, account);
    };
    const [work, isNow] = await Promise.all([readWork(chain, workId, head.number), isSo(head.number)]);
    if (work === undefined) throw new NotFoundError("There is no such work.");
    if (!isNow) throw new NotLicensedError("None", "Another account owns this work. Who holds a licence has its key.");
    await this.#requireFinal(head, isSo);
    return { workId, licenceId: null, work, at: head.timestamp };
  }

  /** @throws NotFinalError saying when what is so now is final: by the first of the newest blocks in which it is. */
  async #requireFinal(head: Head, isSo: (block: bigint) => Promise<boolean>): Promise<void> {
    const { finalityBlocks, startBlock } = this.#options.chain;
    const final = head.number - BigInt(finalityBlocks);
    // Before the deployment there is nothing to ask.
    if (final >= startBlock && (await isSo(final))) return;
    let [before, since] = [final, head.number];
    while (since - before > 1n) {
      const between = (before + since) / 2n;
      if (between >= startBlock && (await isSo(between))) since = between;
      else before = between;
    }
    throw new NotFinalError(Number(since - final));
  }

  /** The deposit must be of the work's creator: a hash is public, and proves nothing of who names it. */
  async #release({ workId, licenceId, work }: Confirmed): Promise<ContentKey> {
    const { deposit, key } = await this.#options.deposits.keyFor(work.contentHash, work.creator);
    const { contentHash, file } = deposit;
    const { cid, mediaType, bytes } = file;
    return { workId, licenceId, contentHash, cid, mediaType, bytes, key: Buffer.from(key).toString("base64url") };
  }
}

/** What the chain says; anything but an answer is the chain out of reach. */
async function reached<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof RelayerError) throw cause;
    throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
  }
}

function whyNot({ status, expiry }: Order, head: Head): string {
  switch (status) {
    case "Escrowed":
      return "The file has not been delivered yet. What is not delivered within 24 hours is paid back.";
    case "Disputed":
      return "This order is disputed: until it is decided, its file is not released.";
    case "Refunded":
      return "This order was paid back, and its licence ended.";
    default:
      return expiry !== 0n && expiry < head.timestamp
        ? "This licence has ended."
        : "Another account holds this licence. Sign in with that one.";
  }
}
