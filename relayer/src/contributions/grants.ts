import { type Grant, WEI_PER_MICROCREDIT } from "@stelai/sdk";
import type { SignedGrant } from "@stelai/sdk/wire";
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { Config } from "../config.ts";
import type { QuotaClaim, Quotas } from "../people/quotas.ts";
import { type Database, tables } from "../store/index.ts";
import type { Campaign, CampaignNow } from "./campaign.ts";
import { ContributionRefusedError } from "./errors.ts";
import { lockFeedback } from "./feedback.ts";
import type { FoundDeed } from "./types.ts";

const { feedback, grants } = tables;

/** A grant as it is kept. */
export type GrantRow = typeof grants.$inferSelect;

/** A grant that ends sooner is signed anew: sending it takes a moment. */
const MARGIN_SECONDS = 60n;

type Options = {
  db: Database;
  config: Pick<Config, "GRANT_SECONDS" | "GRANTS_PER_ACCOUNT_PER_DAY" | "GRANTS_PER_DAY">;
  quotas: Pick<Quotas, "take" | "giveBack" | "leftOf" | "today">;
  campaign: Pick<Campaign, "sign">;
};

/** What was vouched for: each deed for one account, ever, and so much a day. */
export class Grants {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** What is kept of these deeds, whomever it was granted to. */
  async of(deeds: readonly Hex[]): Promise<Map<Hex, GrantRow>> {
    if (deeds.length === 0) return new Map();
    const rows = await this.#options.db
      .select()
      .from(grants)
      .where(inArray(grants.deed, [...deeds]));
    return new Map(rows.map((row) => [row.deed, row]));
  }

  /** All of an account's, the newest first. */
  ofAccount(account: Address): Promise<GrantRow[]> {
    return this.#options.db.select().from(grants).where(eq(grants.account, account)).orderBy(desc(grants.signedAt));
  }

  /** Whether a grant can still be claimed, with a moment to spare. */
  isGood({ deadline, campaignId }: GrantRow, campaign: Pick<CampaignNow, "campaignId" | "now">): boolean {
    return campaignId === campaign.campaignId && deadline > campaign.now + MARGIN_SECONDS;
  }

  /** Whether today's quotas count a grant already. */
  isCounted({ signedAt }: GrantRow): boolean {
    return signedAt.toISOString().slice(0, 10) === this.#options.quotas.today();
  }

  /** What this operator still grants an account today, and everyone, in microcredits. */
  async leftToday(account: Address): Promise<{ account: bigint; all: bigint }> {
    const [own, all] = await Promise.all(
      this.#limits(account).map((allowance) => this.#options.quotas.leftOf(allowance)),
    );
    return { account: own ?? 0n, all: all ?? 0n };
  }

  /**
   * Vouches for a deed: signs it once for one account; a grant that ran out unclaimed is signed anew, and
   * counts again on another day.
   * @throws ContributionRefusedError when it was granted to another account, DailyLimitError
   */
  async grant(account: Address, deed: FoundDeed, amount: bigint, campaign: CampaignNow): Promise<SignedGrant> {
    const { db } = this.#options;
    const kept = (await this.of([deed.deed])).get(deed.deed);
    if (kept !== undefined) return this.#again(account, kept, campaign);
    const row = await this.#signed(account, { deed: deed.deed, amount }, campaign);
    const { kind, subject } = deed;
    const isFirst = await this.#within(account, amount, () =>
      db.transaction(async (tx) => {
        if (kind === "feedback") await requireAccepted(tx, subject);
        const stored = { ...row, account, kind, subject, amount, signedAt: new Date() };
        return (await tx.insert(grants).values(stored).onConflictDoNothing().returning()).length === 1;
      }),
    );
    if (isFirst) return toSigned({ ...row, account, amount });
    const first = (await this.of([deed.deed])).get(deed.deed);
    if (first === undefined) throw new Error(`deed ${deed.deed} was granted and is gone`);
    return this.#again(account, first, campaign);
  }

  async #again(account: Address, kept: GrantRow, campaign: CampaignNow): Promise<SignedGrant> {
    if (kept.account !== account) throw new ContributionRefusedError("refused", GRANTED_TO_ANOTHER);
    if (this.isGood(kept, campaign)) return toSigned(kept);
    // What one may still claim with is not signed a second time elsewhere: its deadline has passed, or its campaign ended.
    const row = await this.#signed(account, kept, campaign);
    const isSame = and(eq(grants.deed, kept.deed), eq(grants.signature, kept.signature));
    const renew = async () => {
      const set = { ...row, signedAt: new Date() };
      return (await this.#options.db.update(grants).set(set).where(isSame).returning()).length === 1;
    };
    const isFirst = await (this.isCounted(kept) ? renew() : this.#within(account, kept.amount, renew));
    if (isFirst) return toSigned({ ...row, account, amount: kept.amount });
    // Another request of the same moment was first.
    const first = (await this.of([kept.deed])).get(kept.deed);
    if (first === undefined) throw new Error(`deed ${kept.deed} was granted and is gone`);
    return toSigned(first);
  }

  /** Takes an amount from the day's quotas for what `store` stores; gives it back when that stored nothing. */
  async #within(account: Address, amount: bigint, store: () => Promise<boolean>): Promise<boolean> {
    const { quotas } = this.#options;
    const claims: QuotaClaim[] = this.#limits(account).map((allowance) => ({ ...allowance, amount }));
    const day = quotas.today();
    await quotas.take(claims, "As much was granted today as this operator grants in a day. Claim it tomorrow.");
    let isStored = false;
    try {
      isStored = await store();
    } finally {
      if (!isStored) for (const claim of claims) await quotas.giveBack(day, claim);
    }
    return isStored;
  }

  async #signed(account: Address, { deed, amount }: { deed: Hex; amount: bigint }, campaign: CampaignNow) {
    const { campaignId, now, end } = campaign;
    const latest = now + BigInt(this.#options.config.GRANT_SECONDS);
    const row = { campaignId, deed, deadline: latest < end ? latest : end };
    return { ...row, signature: await this.#options.campaign.sign(grantIn({ ...row, account, amount })) };
  }

  #limits(account: Address): Omit<QuotaClaim, "amount">[] {
    const { config } = this.#options;
    return [
      { scope: "contributions.account", subject: account, limit: config.GRANTS_PER_ACCOUNT_PER_DAY },
      { scope: "contributions", subject: "all", limit: config.GRANTS_PER_DAY },
    ];
  }
}

/** What is said of a deed that another account was granted for. */
export const GRANTED_TO_ANOTHER = "Another account was granted for this already: each deed counts once.";

/** Whoever decides at the same time waits for this transaction, or this one sees what they decided. */
async function requireAccepted(tx: Database, id: string): Promise<void> {
  await lockFeedback(tx, id);
  const [row] = await tx.select({ state: feedback.state }).from(feedback).where(eq(feedback.id, id));
  if (row?.state !== "accepted") {
    throw new ContributionRefusedError("refused", "A moderator changed the decision: it is not accepted any more.");
  }
}

type Stored = Pick<GrantRow, "campaignId" | "account" | "amount" | "deed" | "deadline">;

function grantIn({ campaignId, account, amount, deed, deadline }: Stored): Grant {
  return { campaignId, account, amount: amount * WEI_PER_MICROCREDIT, deed, deadline };
}

function toSigned(row: Stored & Pick<GrantRow, "signature">): SignedGrant {
  return { grant: grantIn(row), signature: row.signature };
}
