import type { StelaiClient } from "../../client.ts";
import { TabNotFoundError } from "../../errors/relayer.ts";
import { BUDGET_KEY_ERRORS } from "../../errors/relayerEndpoints.ts";
import { chainTime } from "../../internal/authorization.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Sent, WaitOptions } from "../../internal/send.ts";
import type { BudgetKey, NewBudgetKey } from "../../wireKeys.ts";
import { open } from "../tab/open.ts";
import { openByTransfer } from "../tab/openByTransfer.ts";
import type { OpenResult } from "../tab/opening.ts";
import { openSponsored } from "../tab/openSponsored.ts";
import { revokeBudgetKey } from "./revokeBudgetKey.ts";

export type CreateBudgetKeyParameters = {
  /** What its owner calls it: 1 to 60 characters. */
  name: string;
  /** The most that the key can ever spend, in microcredits: it leaves the wallet now, and what is left comes back. */
  cap: bigint;
  /** How long the key pays from now, in seconds; 30 days when absent. The contract rounds up to its next four-hour unit. */
  duration?: bigint | undefined;
  /** How much of the cap comes from the payer's bonus credits, in microcredits; none when absent. */
  bonus?: bigint | undefined;
  /**
   * Who sends the transaction: the relayer for a wallet without ETH (`sponsored`, the default), or the wallet by
   * ERC-1363 (`transfer`) or by allowance (`allowance`).
   */
  by?: "sponsored" | "transfer" | "allowance" | undefined;
};

/** The key is told this once: the relayer keeps its hash alone. It pays once `wait` has ended. */
export type CreateBudgetKeyReturnType = Sent<OpenResult & { budgetKey: BudgetKey }> & { id: string; key: string };

/** A month, in seconds. */
const MONTH = 2_592_000n;
/** How long a relayer may take to see a block, and how often it is asked, in milliseconds. */
const SEEN_WITHIN = 15_000;
const ASK_EVERY = 500;

/**
 * Makes an API key for clients that can send nothing but a bearer token: a tab of its own, whose session key the relayer
 * holds (DESIGN section 5, "Budget keys"). One signature of the wallet, whose account is signed in. Who has the key spends
 * its cap, and nothing else of the account's; {@link revokeBudgetKey} ends it. More credits are added to it as to every
 * tab, by `tab.topUpSponsored`.
 * @throws NotSignedInError, TooManyKeysError, UserRejectedError (then no key is left), and what `tab.openSponsored`,
 * `tab.openByTransfer` and `tab.open` throw.
 *
 * @example
 * ```ts
 * const { key, wait } = await stelai.budgetKeys.create({ name: "My bot", cap: 5_000_000n });
 * await wait();
 * const openai = new OpenAI({ baseURL: `${relayerUrl}/v1`, apiKey: key });
 * ```
 */
export async function createBudgetKey(
  client: StelaiClient,
  { name, cap, bonus, duration = MONTH, by = "sponsored" }: CreateBudgetKeyParameters,
): Promise<CreateBudgetKeyReturnType> {
  const { id, key, operator, sessionAddress } = await relayerRequest<NewBudgetKey>(client, {
    ...{ path: "/v1/budget-keys", method: "POST", body: { name }, signedIn: true, errors: BUDGET_KEY_ERRORS },
  });
  const how = { sponsored: openSponsored, transfer: openByTransfer, allowance: open }[by];
  try {
    const expiry = (await chainTime(client)) + duration;
    const { hash, wait } = await how(client, { operator, sessionKey: sessionAddress, cap, bonus, expiry });
    return {
      ...{ id, key, hash },
      wait: async (options?: WaitOptions) => {
        const opened = await wait(options);
        return { ...opened, budgetKey: await bind(client, id, opened.tabId) };
      },
    };
  } catch (error) {
    // Nothing was opened for it. Where that cannot be said either, the relayer forgets a key without a tab in time.
    await revokeBudgetKey(client, { id }).catch(() => undefined);
    throw error;
  }
}

/** Tells the relayer of the tab, as soon as it has seen its block. */
async function bind(client: StelaiClient, id: string, tabId: bigint): Promise<BudgetKey> {
  const start = Date.now();
  for (;;) {
    try {
      const path = `/v1/budget-keys/${id}/tab`;
      const body = { tabId };
      return await relayerRequest(client, { path, method: "POST", body, signedIn: true, errors: BUDGET_KEY_ERRORS });
    } catch (error) {
      if (!(error instanceof TabNotFoundError) || Date.now() - start > SEEN_WITHIN) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
  }
}
