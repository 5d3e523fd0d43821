import type { Address, PublicClient } from "viem";
import { normalize } from "viem/ens";

const KEPT_MS = 3_600_000;
const FAILED_MS = 60_000;
const WAIT_MS = 2_000;
const MAX_KEPT = 10_000;

/**
 * ENS' universal resolver, where a chain has one: Ethereum, Sepolia, Holesky. From ENS' list of deployments; viem's chains
 * have it as well, at the price of loading all 700 of them.
 */
const UNIVERSAL_RESOLVER: Address = "0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe";
const RESOLVERS: ReadonlyMap<number, Address> = new Map([1, 11_155_111, 17_000].map((id) => [id, UNIVERSAL_RESOLVER]));

/** Primary ENS names of accounts, kept for an hour. */
export class EnsNames {
  readonly #client: Pick<PublicClient, "getEnsName" | "getEnsAddress">;
  readonly #resolver: Address | undefined;
  readonly #kept = new Map<Address, { name: Promise<string | null>; until: number }>();

  /** @param resolver The universal resolver; by default that of the chain, and none where the chain has no ENS. */
  constructor(
    client: Pick<PublicClient, "getEnsName" | "getEnsAddress">,
    chainId: number,
    resolver: Address | undefined = RESOLVERS.get(chainId),
  ) {
    this.#client = client;
    this.#resolver = resolver;
  }

  /** The account's name, if the name leads back to it; null without one, without ENS, and while ENS does not answer. */
  async of(account: Address): Promise<string | null> {
    if (this.#resolver === undefined) return null;
    const kept = this.#kept.get(account);
    const name = kept !== undefined && kept.until > Date.now() ? kept.name : this.#begin(account, this.#resolver);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), WAIT_MS);
    });
    return Promise.race([name, late]).finally(() => clearTimeout(timer));
  }

  #begin(account: Address, resolver: Address): Promise<string | null> {
    const entry = { name: Promise.resolve<string | null>(null), until: Date.now() + KEPT_MS };
    entry.name = this.#read(account, resolver).catch(() => {
      entry.until = Date.now() + FAILED_MS;
      return null;
    });
    this.#kept.delete(account);
    this.#kept.set(account, entry);
    if (this.#kept.size > MAX_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return entry.name;
  }

  async #read(address: Address, universalResolverAddress: Address): Promise<string | null> {
    const name = await this.#client.getEnsName({ address, universalResolverAddress });
    if (name === null || name !== normalized(name)) return null;
    const back = await this.#client.getEnsAddress({ name, universalResolverAddress });
    return back?.toLowerCase() === address.toLowerCase() ? name : null;
  }
}

/** A name that ENSIP-15 would write otherwise is made to be taken for another one. */
function normalized(name: string): string | undefined {
  try {
    return normalize(name);
  } catch {
    return undefined;
  }
}
