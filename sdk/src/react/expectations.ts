/**
 * What queries will say once a mutation has succeeded: shown at once, and taken back when it fails. Words and choices are shown
 * as they will be; what was agreed to about money is marked `isPending` until the chain says it; amounts that were paid, bought
 * or earned are never shown before they are settled.
 */
import { type Address, isAddressEqual } from "viem";
import type { GetRenewalReturnType } from "../actions/access/index.ts";
import type { GetCircleReturnType } from "../actions/characters/index.ts";
import type { Allowance } from "../actions/credits/index.ts";
import type { GetSubscriptionReturnType } from "../actions/plans/index.ts";
import type { Stelai } from "../compose.ts";
import type { AccountInfo, Notifications, Profile } from "../wire.ts";
import type { Votes } from "../wireMarket.ts";
import type { MutationName } from "./changes.ts";
import type { Input } from "./transaction.ts";

/** One kind of query and what it will say. */
export type Expectation = {
  /** The start of the keys of the queries, as in `stelaiKey`. */
  of: readonly unknown[];
  /** What they will say, of what they say. */
  show: (now: never) => unknown;
};

/** Of an agreement about money: shown as it was asked for, while the chain does not say it yet. */
export type Pending<data> = data & { isPending?: true };

type Expect<input> = (input: input, me: Address | undefined) => readonly Expectation[];
const pending = { isPending: true } as const;

const follow =
  (following: boolean): Expect<{ address: Address }> =>
  ({ address }) => [
    {
      of: ["profile", address],
      show: (now: Profile) => {
        const change = now.following === following ? 0 : following ? 1 : -1;
        return { ...now, following, followers: now.followers + change };
      },
    },
    // Who is followed anew is not known well enough to be listed.
    {
      of: ["follows"],
      show: (now: readonly Profile[]) =>
        following ? now : now.filter((profile) => !isAddressEqual(profile.address, address)),
    },
  ];

const settings = (change: Partial<AccountInfo>): Expectation => ({
  of: ["account"],
  show: (now: AccountInfo) => ({ ...now, ...change }),
});

const setAllowed: Expect<Input<Stelai["characters"]["setAllowed"]>> = ({ characterId, accounts, allowed }) => [
  ...accounts.map((account) => ({ of: ["allowed", characterId, account], show: () => allowed })),
  {
    of: ["circle", characterId],
    show: (now: GetCircleReturnType) => {
      const others = now.allowed.filter((one) => !accounts.some((account) => isAddressEqual(one.account, account)));
      const since = BigInt(Math.floor(Date.now() / 1_000));
      const added = allowed ? accounts.map((account) => ({ account, since, byInvite: false, ...pending })) : [];
      return { ...now, allowed: [...others, ...added] };
    },
  },
];

/** By the hook of the mutation. */
const EXPECTED = {
  useFollow: follow(true),
  useUnfollow: follow(false),
  useSetMuted: ({ kinds }: Input<Stelai["relayer"]["setMuted"]>) => [settings({ muted: [...kinds] })],
  useSetDailyLimit: ({ dailyLimit }: Input<Stelai["relayer"]["setDailyLimit"]>) => [settings({ dailyLimit })],
  useSetMail: ({ address }: Input<Stelai["relayer"]["setMail"]>) => [
    {
      of: ["account"],
      show: (now: AccountInfo) => ({ ...now, mail: { ...now.mail, address, confirmed: now.mail.address === address } }),
    },
  ],
  useMarkRead: ({ upTo }: Input<Stelai["relayer"]["markRead"]>) => [
    {
      of: ["notifications"],
      show: (now: Notifications) => {
        const isSeen = (id: string) => BigInt(id) <= BigInt(upTo);
        const newly = now.notifications.filter(({ id, read }) => !read && isSeen(id)).length;
        return {
          ...now,
          notifications: now.notifications.map((one) => ({ ...one, read: one.read || isSeen(one.id) })),
          unread: Math.max(0, now.unread - newly),
        };
      },
    },
  ],
  useSetAllowed: setAllowed,
  useReview: ({ characterId, rating }: Input<Stelai["reviews"]["review"]>, me) => [
    { of: ["rating", characterId, me], show: () => rating },
  ],
  useWithdrawReview: ({ characterId }: Input<Stelai["reviews"]["withdraw"]>, me) => [
    { of: ["rating", characterId, me], show: () => 0 },
  ],
  useReviewWork: ({ workId, rating }: Input<Stelai["reviews"]["reviewWork"]>, me) => [
    { of: ["workRating", workId, me], show: () => rating },
  ],
  useWithdrawWorkReview: ({ workId }: Input<Stelai["reviews"]["withdrawWork"]>, me) => [
    { of: ["workRating", workId, me], show: () => 0 },
  ],
  useSetHelpful: ({ subject, author, helpful }: Input<Stelai["reviews"]["setHelpful"]>, me) => [
    {
      of: ["votes", subject],
      show: (now: Votes) => {
        const mine = now.mine ?? [];
        const isSame = (one: Address) => isAddressEqual(one, author);
        const change = Number(helpful) - Number(mine.some(isSame));
        const known = now.votes.some((one) => isSame(one.author)) ? now.votes : [...now.votes, { author, helpful: 0 }];
        return {
          votes: known.map((one) => (isSame(one.author) ? { ...one, helpful: one.helpful + change } : one)),
          mine: now.mine && me ? [...mine.filter((one) => !isSame(one)), ...(helpful ? [author] : [])] : now.mine,
        };
      },
    },
  ],
  useCancelAtPeriodEnd: ({ characterId }: Input<Stelai["access"]["cancelAtPeriodEnd"]>, me) => [
    {
      of: ["renewal", characterId, me],
      show: (now: GetRenewalReturnType) => ({ ...now, status: "NotRenewing", mandate: 0n, problem: null, ...pending }),
    },
  ],
  useCancelPlan: (_input: undefined, me) => [
    {
      of: ["subscription", me],
      show: (now: GetSubscriptionReturnType) =>
        now && { ...now, status: "NotRenewing", mandate: 0n, problem: null, ...pending },
    },
  ],
  useRevokeAllowance: ({ contract }: Input<Stelai["credits"]["revoke"]>, me) => [
    {
      of: ["allowances", me],
      show: (now: readonly Allowance[]) =>
        now.map((one) => (one.contract === contract ? { ...one, amount: 0n, isUnlimited: false, ...pending } : one)),
    },
  ],
} satisfies Partial<Record<MutationName, Expect<never>>>;

/** What is expected of a mutation of this package; nothing where nobody expects it at once. */
export function expectationsOf(name: MutationName | undefined, stelai: Stelai, input: unknown): readonly Expectation[] {
  const expect = name && (EXPECTED as Partial<Record<MutationName, Expect<never>>>)[name];
  return expect?.(input as never, stelai.client.walletClient?.account?.address) ?? [];
}

/** Mutations that show at once what they will have done. */
export const OPTIMISTIC: ReadonlySet<string> = new Set(Object.keys(EXPECTED));
