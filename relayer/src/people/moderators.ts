import { type Address, parseAbi } from "viem";
import type { Chain } from "../chain/index.ts";
import { RelayerError, UnavailableError } from "../errors.ts";

const ABI = parseAbi(["function hasRole(uint64 roleId, address account) view returns (bool isMember, uint32 delay)"]);
/** `scripts/deploy/roles.ts`: who suspends and restores characters and works. */
const MODERATOR = 3n;
/** How long an answer of the chain is good for. */
const FRESH_MS = 10_000;
const MAX_KEPT = 1_000;

/** 403: the chain does not name this account a moderator. */
export class NotModeratorError extends RelayerError {
  readonly status = 403;
  readonly code = "not_moderator";
  override readonly type = "permission_error";
  constructor() {
    super("This needs the role MODERATOR of the marketplace's AccessManager, which this account does not hold.");
  }
}

/** Who moderates, as the AccessManager has it now. */
export class Moderators {
  readonly #chain: Pick<Chain, "client" | "contracts">;
  readonly #kept = new Map<Address, { isModerator: boolean; at: number }>();

  constructor(chain: Pick<Chain, "client" | "contracts">) {
    this.#chain = chain;
  }

  /** @throws NotModeratorError, UnavailableError when the chain cannot be asked. */
  async require(account: Address): Promise<void> {
    if (!(await this.#isModerator(account))) throw new NotModeratorError();
  }

  async #isModerator(account: Address): Promise<boolean> {
    const known = this.#kept.get(account);
    if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.isModerator;
    const { client, contracts } = this.#chain;
    const at = Date.now();
    let isModerator: boolean;
    try {
      [isModerator] = await client.readContract({
        ...{ address: contracts.AccessManager, abi: ABI, functionName: "hasRole", args: [MODERATOR, account] },
      });
    } catch (cause) {
      throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
    }
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(account, { isModerator, at });
    return isModerator;
  }
}
