import { creditPlansAbi, rewardsAbi } from "@stelai/sdk/abis";
import { type Address, getAddress, parseEventLogs, type RpcLog } from "viem";
import { formatLog } from "viem/utils";
import type { Chain } from "../../chain/index.ts";
import type { Accounts } from "../accounts.ts";
import type { Entry } from "./feed.ts";

/** Events of plans, top-ups and bonus credits that somebody is told of. */
export const CREDIT_EVENTS = ["Renewed", "ToppedUp", "Granted"] as const;
export const CREDIT_ABI = [...creditPlansAbi, ...rewardsAbi];

/** As `IRewards.Source` numbers them. */
const SOURCES = ["Referrer", "Referee", "Promotion", "Contribution"] as const;
/** What happened longer ago is no news when it becomes known: it is history that is being read. */
const NEWS_SECONDS = 2 * 86_400;
const MICRO = 10n ** 12n;

/**
 * Who is told what of an event of plans, top-ups and bonus credits; undefined when it is of something else. What an
 * account agreed to it is told of whoever it is; of a bonus only who was here before.
 * @param seconds When it was, chain time.
 */
export async function creditEntries(
  { chain, accounts }: { chain: Pick<Chain, "client" | "contracts">; accounts: Pick<Accounts, "known"> },
  log: RpcLog,
  source: string,
  seconds: bigint,
): Promise<Entry[] | undefined> {
  const [event] = parseEventLogs({ abi: CREDIT_ABI, eventName: [...CREDIT_EVENTS], logs: [formatLog(log)] });
  if (event === undefined) return undefined;
  if (Number(seconds) < Date.now() / 1_000 - NEWS_SECONDS) return [];
  const at = new Date(Math.min(Number(seconds) * 1_000, Date.now()));
  const tell = (account: Address, kind: Entry["kind"], data: Entry["data"]): Entry[] => [
    { account: getAddress(account), kind, characterId: null, data, source, at },
  ];
  const transaction = log.transactionHash;
  switch (event.eventName) {
    case "Renewed": {
      const { account, planId, credits, price, end } = event.args;
      const data = { planId: String(planId), credits: String(credits / MICRO), price: String(price) };
      return tell(account, "plan_renewed", { ...data, until: String(end), transaction });
    }
    case "ToppedUp": {
      const { account, credits, price, spent, windowEnd } = event.args;
      const data = { credits: String(credits / MICRO), price: String(price), spent: String(spent) };
      return tell(account, "topped_up", { ...data, windowEnd: String(windowEnd), transaction });
    }
    case "Granted": {
      const { account, source: from, campaignId, amount, ref } = event.args;
      if ((await accounts.known([getAddress(account)])).length === 0) return [];
      const gave = String(amount / MICRO);
      if (SOURCES[from] === "Referrer") {
        const buyer = getAddress(`0x${ref.slice(26)}`);
        return tell(account, "referral_earned", { account: buyer, amount: gave });
      }
      const [, lapsesAt] = await chain.client.readContract({
        ...{ address: chain.contracts.Rewards, abi: rewardsAbi, functionName: "bonusOf", args: [account] },
      });
      return tell(account, "bonus_granted", {
        ...{ source: SOURCES[from] ?? null, amount: gave, lapsesAt: String(lapsesAt) },
        campaignId: campaignId === 0n ? null : String(campaignId),
      });
    }
  }
}
