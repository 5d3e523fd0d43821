import type { Contributions as Answer, Deed, DeedKind, SignedGrant } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { SplitBook } from "../chain/splits.ts";
import type { Config } from "../config.ts";
import { NotFoundError } from "../errors.ts";
import type { Generations } from "../generations/types.ts";
import type { Quotas } from "../people/quotas.ts";
import type { Showcase } from "../shares/showcase.ts";
import type { Database } from "../store/index.ts";
import { Campaign, type CampaignNow } from "./campaign.ts";
import { ContributionRefusedError } from "./errors.ts";
import type { Feedback } from "./feedback.ts";
import { GRANTED_TO_ANOTHER, type GrantRow, Grants } from "./grants.ts";
import { IndexClient } from "./indexClient.ts";
import { reviewDeeds } from "./reviewDeeds.ts";
import { shareDeeds } from "./shareDeeds.ts";
import { type DeedSource, type FoundDeed, inCredits } from "./types.ts";

export type ContributionsOptions = {
  config: Pick<
    Config,
    | "CONTRIBUTIONS_KEY"
    | "INDEXER_URL"
    | "GRANT_REVIEW"
    | "GRANT_SHARE"
    | "GRANT_FEEDBACK"
    | "GRANT_SECONDS"
    | "GRANTS_PER_ACCOUNT_PER_DAY"
    | "GRANTS_PER_DAY"
  >;
  db: Database;
  chain: Pick<Chain, "id" | "client" | "contracts" | "refresh">;
  operator: Address;
  quotas: Quotas;
  feedback: Pick<Feedback, "deeds">;
  showcase: Showcase;
  generations: Pick<Generations, "find">;
  characters: Pick<CharacterRegistry, "get">;
  splits: Pick<SplitBook, "reaches">;
};

const NO_CAMPAIGN = "This operator has no campaign that gives for contributions, or it is over.";

/** What accounts do that a campaign gives bonus credits for, and the signatures by which they claim them. */
export class Contributions {
  readonly #campaign: Campaign | undefined;
  readonly #grants: Grants;
  readonly #sources: readonly DeedSource[];
  readonly #amounts: Readonly<Record<DeedKind, bigint>>;

  constructor({ config, db, chain, operator, quotas, ...needs }: ContributionsOptions) {
    const { CONTRIBUTIONS_KEY: key, INDEXER_URL: indexUrl } = config;
    this.#campaign = key === undefined ? undefined : new Campaign(chain, key);
    const sign: Campaign["sign"] = (grant) => {
      if (this.#campaign === undefined) throw new ContributionRefusedError("refused", NO_CAMPAIGN);
      return this.#campaign.sign(grant);
    };
    this.#grants = new Grants({ db, config, quotas, campaign: { sign } });
    this.#amounts = { review: config.GRANT_REVIEW, share: config.GRANT_SHARE, feedback: config.GRANT_FEEDBACK };
    const { showcase, feedback } = needs;
    const { review, share, feedback: forFeedback } = this.#amounts;
    const index = indexUrl === undefined ? undefined : new IndexClient(indexUrl);
    this.#sources = [
      ...(index && review > 0n ? [reviewDeeds({ index, showcase, contracts: chain.contracts, amount: review })] : []),
      ...(share > 0n ? [shareDeeds({ db, operator, ...needs, amount: share })] : []),
      ...(forFeedback > 0n ? [feedback.deeds] : []),
    ];
  }

  /**
   * What an account did, the newest first, and where each deed stands; the campaign is null where there is none, or it is
   * over.
   * @throws UnavailableError when the chain or the index cannot be asked.
   */
  async of(account: Address): Promise<Answer> {
    const campaign = await this.#campaign?.now(account);
    if (campaign === undefined) return { campaign: null, deeds: [] };
    const { deeds, left } = await this.#stand(account, campaign);
    const { campaignId, perAccount, daily, end } = campaign;
    const isOver = campaign.now > end;
    return {
      campaign: isOver ? null : { campaignId, perAccount, daily, end: Number(end), left },
      deeds: deeds.map(({ deed }) => deed),
    };
  }

  /**
   * Vouches for a deed. The same deed again is the same grant, until it runs out.
   * @throws NotFoundError when the account has no such deed, ContributionRefusedError with why it does not count,
   * DailyLimitError, UnavailableError
   */
  async claim(account: Address, hash: Hex): Promise<SignedGrant> {
    const campaign = await this.#campaign?.now(account);
    if (campaign === undefined) throw new ContributionRefusedError("refused", NO_CAMPAIGN);
    const { deeds } = await this.#stand(account, campaign, hash);
    const asked = deeds.find(({ deed }) => deed.deed === hash);
    if (asked === undefined) throw new NotFoundError("There is no such contribution of this account.");
    const { deed, found } = asked;
    if (deed.state !== "ready" && deed.state !== "granted") {
      throw new ContributionRefusedError(deed.state, deed.reason ?? "The bonus credits for this were claimed already.");
    }
    return this.#grants.grant(account, found, deed.amount, campaign);
  }

  /** What was vouched for of an account's, for its export. */
  ofAccount(account: Address): Promise<GrantRow[]> {
    return this.#grants.ofAccount(account);
  }

  /** The deeds of an account as they stand, or one only, and what the account can still get today. */
  async #stand(account: Address, campaign: CampaignNow, only?: Hex) {
    const all = (await Promise.all(this.#sources.map((source) => source(account, only)))).flat();
    all.sort((a, b) => b.at - a.at);
    const kept = await this.#grants.of(all.map(({ deed }) => deed));
    const good = (await this.#grants.ofAccount(account)).filter((row) => this.#grants.isGood(row, campaign));
    for (const row of good) kept.set(row.deed, row);
    const used = await this.#used(new Set([...all.map(({ deed }) => deed), ...kept.keys()]), kept, campaign);
    const waits = (row: GrantRow) => this.#grants.isGood(row, campaign) && !used.has(row.deed);
    // What is signed and not claimed yet will be: it is the account's already, whatever deeds are looked at.
    const signed = good.filter(waits);
    const outstanding = signed.reduce((sum, { amount }) => sum + amount, 0n);
    const limits = await this.#limits(account, campaign, outstanding);
    const left = least(limits.map((limit) => limit.left));
    const deeds = all.map((found) => {
      const row = kept.get(found.deed);
      const amount = row?.amount ?? this.#amounts[found.kind];
      const { kind, subject, title, deed, at } = found;
      const isCounted = row !== undefined && (this.#grants.isCounted(row) || waits(row));
      const isUsed = used.has(deed);
      const standing = standingOf({ found, amount, row, account, campaign, limits, isUsed, isCounted });
      const isGranted = row !== undefined && standing.state === "ready" && waits(row);
      const told: Deed = { ...{ deed, kind, subject, title, amount, at }, ...standing };
      return { found, deed: isGranted ? { ...told, state: "granted" as const } : told };
    });
    return { deeds, left };
  }

  /** Deeds that the chain knows as granted for, by this campaign or by the one that they were signed for. */
  async #used(deeds: ReadonlySet<Hex>, kept: ReadonlyMap<Hex, GrantRow>, { campaignId }: CampaignNow) {
    const asked = [...deeds].flatMap((deed) => {
      const before = kept.get(deed)?.campaignId ?? campaignId;
      return [...new Set([campaignId, before])].map((id) => ({ campaignId: id, deed }));
    });
    const isUsed = (await this.#campaign?.used(asked)) ?? [];
    return new Set(asked.filter((_, index) => isUsed[index] === true).map(({ deed }) => deed));
  }

  /** Everything that bounds what an account can get now, and what is said when it is too little. */
  async #limits(account: Address, campaign: CampaignNow, outstanding: bigint): Promise<Limit[]> {
    const { perAccount, claimed, leftToday, budget } = campaign;
    const own = await this.#grants.leftToday(account);
    const rest = perAccount > claimed + outstanding ? perAccount - claimed - outstanding : 0n;
    const tomorrow = "Claim it after midnight UTC.";
    return [
      {
        ...{ left: rest, state: "refused" },
        reason: `One account can get ${inCredits(perAccount)} of this campaign, and you have got that.`,
      },
      { left: budget, state: "tooEarly", reason: "The campaign has given away its budget. It may be filled again." },
      { left: leftToday, state: "tooEarly", reason: `The campaign has given what it gives in a day. ${tomorrow}` },
      { left: own.account, state: "tooEarly", reason: `You were granted what one account is in a day. ${tomorrow}` },
      { left: own.all, state: "tooEarly", reason: `As much was granted today as is in a day. ${tomorrow}` },
    ];
  }
}

function least(amounts: readonly bigint[]): bigint {
  return amounts.toSorted((a, b) => (a < b ? -1 : 1))[0] ?? 0n;
}

/** A bound, in microcredits, and what is said of a deed that is above it. */
type Limit = { left: bigint; state: "refused" | "tooEarly"; reason: string };

type Standing = Pick<Deed, "state" | "reason">;

/** Where a deed stands: what the chain says comes first, then whether it counts, then whether it can be had now. */
function standingOf(facts: {
  found: FoundDeed;
  amount: bigint;
  row: GrantRow | undefined;
  account: Address;
  campaign: CampaignNow;
  limits: readonly Limit[];
  isUsed: boolean;
  isCounted: boolean;
}): Standing {
  const { found, amount, row, account, campaign, limits, isUsed, isCounted } = facts;
  const isOthers = row !== undefined && row.account !== account;
  if (isOthers) return { state: "refused", reason: GRANTED_TO_ANOTHER };
  if (isUsed) return { state: "claimed", reason: null };
  if (campaign.now > campaign.end) return { state: "refused", reason: "The campaign is over." };
  if (found.verdict.state !== "ready") return found.verdict;
  if (campaign.now < campaign.start) {
    const day = new Date(Number(campaign.start) * 1_000).toISOString().slice(0, 10);
    return { state: "tooEarly", reason: `The campaign begins on ${day}.` };
  }
  // A deed counts once, whatever campaign gives for it.
  if (row !== undefined && row.campaignId !== campaign.campaignId && row.deadline >= campaign.now) {
    const until = new Date(Number(row.deadline) * 1_000).toISOString().slice(0, 16).replace("T", " ");
    return { state: "tooEarly", reason: `It is signed for another campaign until ${until} UTC.` };
  }
  // What is signed, or ran out today, is counted already.
  const short = !isCounted ? limits.find(({ left }) => left < amount) : undefined;
  return short === undefined ? READY : { state: short.state, reason: short.reason };
}

const READY: Standing = { state: "ready", reason: null };
