/** Lets bonus credits flow on a local chain: the operator is trusted, and two campaigns have a budget. */
import type { Stelai } from "@stelai/sdk";
import type { Address } from "viem";
import { WELCOME } from "./content/campaigns.ts";

const CREDIT = 1_000_000n;
const YEAR = 365n * 86_400n;
/** Whatever the floor is, a budget's cost is known before it is paid; here the budget itself is the limit. */
const MOST_DOLLARS = 1_000_000_000n;

/**
 * @param admin Holds CAMPAIGNS without delay, and test dollars for the budgets.
 * @param signer Vouches for contributions.
 */
export async function startCampaigns(admin: Stelai, operator: Address, signer: Address, now: bigint): Promise<void> {
  const propose = async (call: Parameters<Stelai["roles"]["propose"]>[0]) => {
    const { wait } = await admin.roles.propose(call);
    return wait();
  };
  await propose({ kind: "setTrusted", operator, isTrusted: true });
  const describe = async (text: string) => (await admin.relayer.uploadContent({ reviewText: text })).uri;
  const code = await admin.rewards.generateCode({ code: WELCOME.code });
  const campaigns = [
    { source: "Promotion", signer: code.signer, perAccount: 50n, daily: 2_000n, budget: 10_000n, rules: WELCOME.rules },
    { source: "Contribution", signer, perAccount: 100n, daily: 1_000n, budget: 5_000n, rules: WELCOME.contributions },
  ] as const;
  for (const { source, signer, perAccount, daily, budget, rules } of campaigns) {
    const { campaignId } = await propose({
      ...{ kind: "startCampaign", source, signer, start: now, end: now + YEAR, uri: await describe(rules) },
      ...{ perAccount: perAccount * CREDIT, daily: daily * CREDIT },
    });
    if (campaignId === null) throw new Error("A campaign was not started at once.");
    await propose({ kind: "fundCampaign", campaignId, amount: budget * CREDIT, maxCost: MOST_DOLLARS });
  }
}
