import type { Address } from "viem";
import type { Config } from "../config.ts";
import { isAffordable } from "../passes/keeper.ts";
import type { Accounts } from "../people/accounts.ts";
import { DailyLimitError } from "../people/errors.ts";
import type { Notices } from "../people/notices.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { payersSince, tellLow } from "./balances.ts";
import { burnLapsed, recordSpending, warnLapsing } from "./bonus.ts";
import { followPlans } from "./books.ts";
import { concludeRenewals, renewPlans } from "./renewals.ts";
import type { KeeperOptions } from "./shared.ts";
import { concludeTopUps, topUpDue } from "./topUps.ts";

/** What keeps plans, top-ups and bonus credits going (docs/PROTOCOL.md, "Plans, top-ups and bonus credits"). */
export type Plans = Omit<Rounds, "start"> & { start(): void };

export type PlansOptions = Omit<KeeperOptions, "tell"> & {
  operator: Address;
  accounts: Pick<Accounts, "known">;
  config: KeeperOptions["config"] & Pick<Config, "KEEPER_INTERVAL_MS" | "KEEPER_PLANS">;
  notices: Notices;
};

/** The keeper of one operator; of several processes one works at a time. */
export function createPlans(given: PlansOptions): Plans {
  const { store, chain, transactions, config, log, notices, operator, quotas } = given;
  const tell: Notices["tell"] = (notice) =>
    notices.tell(notice).catch((error: unknown) => log.error({ error, key: notice.key }, "a notice was lost"));
  const options = { ...given, tell };
  let paidSince = new Date();
  /** The UTC day whose budget is used up. */
  let spentDay: string | undefined;

  /** What costs gas. It brings the operator nothing but customers who stay, so that not every one does it. */
  const send = async (now: bigint): Promise<void> => {
    const today = quotas.today();
    if (!config.KEEPER_PLANS || spentDay === today || !(await isAffordable(options))) return;
    try {
      await renewPlans(options, now);
      await topUpDue(options, now);
      await recordSpending(options, operator, now);
      await burnLapsed(options, now);
    } catch (error) {
      if (!(error instanceof DailyLimitError)) throw error;
      spentDay = today;
      log.warn("plans and top-ups wait for tomorrow: KEEPER_PLANS_DAILY_BUDGET is used up");
    }
  };

  const round = async (): Promise<void> => {
    await transactions.work();
    await store.exclusively("plans", async () => {
      const spenders = await followPlans(options);
      const now = chain.head().timestamp;
      await concludeRenewals(options, now);
      await concludeTopUps(options, now);
      await send(now);
      await warnLapsing(options, now);
      const looked = new Date();
      await tellLow(options, [...spenders, ...(await payersSince(options, paidSince))], now);
      paidSince = looked;
    });
  };

  const rounds = createRounds({
    round,
    intervalMs: config.KEEPER_INTERVAL_MS,
    onError: (error) => log.error({ error }, "a round of plans and top-ups failed; it is repeated"),
  });
  return { ...rounds, start: () => rounds.start(0) };
}
