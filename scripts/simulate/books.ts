/** What every block did to the money, read from its events alone, and what must hold after each. */
import { getAddress, type LogDescription } from "ethers";
import { CREDIT, type Log, type Mined, type Name, type Town } from "./town.ts";

/** The money after a block: reserve in the stablecoin's units, credits in wei. */
export type Line = {
  block: number;
  time: number;
  reserve: bigint;
  liabilities: bigint;
  surplus: bigint;
  supply: bigint;
  bonus: bigint;
  budgets: bigint;
};
/** What a campaign was given, gave and burned, in wei of STELAI; what its budget cost, in reserve units. */
export type CampaignBook = { funded: bigint; cost: bigint; given: bigint; burned: bigint };

/** Thrown when a promise did not hold. */
export class BrokenPromiseError extends Error {
  constructor(promise: string, block: number) {
    super(`Block ${block}: ${promise}`);
    this.name = "BrokenPromiseError";
  }
}

const increase = (map: Map<string, bigint>, key: string, amount: bigint) => map.set(key, (map.get(key) ?? 0n) + amount);

/**
 * Follows the chain block by block.
 * @param honest Whose money may move only by their own transactions, or by what they agreed to beforehand.
 */
export function openBooks(town: Town, honest: ReadonlySet<string>) {
  const lines: Line[] = [];
  /** Reserve units that an account put into the store, and got out of it. */
  const [paidIn, paidOut] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const bonusOf = new Map<string, bigint>();
  /** Bonus an account was granted by campaigns, in wei. */
  const campaignBonusOf = new Map<string, bigint>();
  const campaigns = new Map<bigint, CampaignBook>();
  const counts = new Map<string, { went: number; refused: number }>();
  const referral = { minted: 0n, granted: 0n };
  let [swept, hostileRefused] = [0n, 0];
  const names = new Map<string, Name>(
    (["Stelai", "CreditStore", "CreditPlans", "Rewards", "InferenceMeter", "Payouts", "Reserve"] as const).map(
      (name) => [town.address(name)?.toLowerCase() ?? "", name],
    ),
  );

  const campaignOf = (campaignId: bigint) => {
    const book = campaigns.get(campaignId) ?? { funded: 0n, cost: 0n, given: 0n, burned: 0n };
    campaigns.set(campaignId, book);
    return book;
  };

  /** Of whom a transaction takes something that its sender is not: by a subscription or a top-up they agreed to. */
  const agreed = new Set(["CreditPlans.renew", "CreditPlans.topUp"]);

  const handlers: Partial<Record<Name, Record<string, (args: LogDescription["args"], log: Log) => void>>> = {
    CreditStore: {
      Purchased: ({ payer, price }) => increase(paidIn, payer, price),
      BudgetBought: ({ payer, price }) => increase(paidIn, payer, price),
      Redeemed: ({ recipient, paid }) => increase(paidOut, recipient, paid),
      BonusMinted: ({ credits }) => {
        referral.minted += credits;
      },
      SurplusSwept: ({ amount }) => {
        swept += amount;
      },
    },
    Rewards: {
      Granted: ({ account, campaignId, amount }) => {
        increase(bonusOf, account, amount);
        if (campaignId === 0n) {
          referral.granted += amount;
        } else {
          increase(campaignBonusOf, account, amount);
          campaignOf(campaignId).given += amount;
        }
      },
      Drawn: ({ account, amount }) => increase(bonusOf, account, -BigInt(amount)),
      Restored: ({ account, amount }) => increase(bonusOf, account, amount),
      Lapsed: ({ account, amount }) => increase(bonusOf, account, -BigInt(amount)),
      CampaignFunded: ({ campaignId, amount, cost }) => {
        campaignOf(campaignId).funded += amount;
        campaignOf(campaignId).cost += cost;
      },
      CampaignEnded: ({ campaignId, burned }) => {
        campaignOf(campaignId).burned += burned;
      },
    },
  };

  /** Reads a block and holds everything against the chain. @throws {BrokenPromiseError} */
  async function enter({ number, time, logs, sent }: Mined): Promise<void> {
    const must = (holds: boolean, promise: string) => {
      if (!holds) throw new BrokenPromiseError(promise, number);
    };
    const transactions = new Map(sent.map((one) => [one.hash, one]));
    for (const { what, ok, hostile } of sent) {
      const count = counts.get(what) ?? { went: 0, refused: 0 };
      counts.set(what, { went: count.went + Number(ok), refused: count.refused + Number(!ok) });
      must(!(hostile && ok), `a hostile call went through: ${what}`);
      if (hostile) hostileRefused += 1;
    }
    for (const log of logs) {
      const name = names.get(log.address.toLowerCase());
      if (name === undefined) continue;
      const event = town.interfaces[name].parseLog(log);
      if (event === null) continue;
      handlers[name]?.[event.name]?.(event.args, log);
      if (event.name !== "Transfer") continue;
      const from = getAddress(event.args.from);
      const transaction = transactions.get(log.transactionHash);
      const isOwn = transaction?.from === from || agreed.has(transaction?.what ?? "");
      must(!honest.has(from) || isOwn, `${from} lost money in somebody else's transaction, ${transaction?.what}`);
    }

    const [reserve, supply, surplus, held] = await Promise.all([
      town.ask<bigint>("Reserve", "balanceOf", town.address("CreditStore")),
      town.ask<bigint>("Stelai", "totalSupply"),
      town.ask<bigint>("CreditStore", "surplus"),
      town.ask<bigint>("Stelai", "balanceOf", town.address("Rewards")),
    ]);
    const liabilities = (supply * town.floor + CREDIT - 1n) / CREDIT;
    const bonus = [...bonusOf.values()].reduce((total, amount) => total + amount, 0n);
    let budgets = 0n;
    for (const [campaignId, book] of campaigns) {
      const left = book.funded - book.given - book.burned;
      must(left >= 0n, `campaign ${campaignId} gave more than its budget`);
      budgets += left;
    }
    must(reserve >= liabilities, "the reserve is smaller than what all credits are owed");
    must(held === bonus + budgets, "Rewards holds other credits than its bonuses and budgets come to");
    must(referral.minted === referral.granted, "a referral's bonus is not what its sale's margin was minted for");
    lines.push({ block: number, time, reserve, liabilities, surplus, supply, bonus, budgets });
  }

  return {
    ...{ enter, lines, paidIn, paidOut, campaigns, campaignBonusOf, counts, referral },
    swept: () => swept,
    hostileRefused: () => hostileRefused,
  };
}
