/** What every query reads, and what every mutation of this package may change of it. */

/** Kinds of queries, the first part of their keys, by what they are about. */
const KINDS = {
  /** What an account has, may spend, and lets others take; whatever spends or earns changes it. */
  money: [
    ...(["balance", "solvency", "allowance", "allowances", "bonus", "bonusDetails", "referrer", "referrals"] as const),
    ...(["creditHistory", "topUp", "topUpStatus", "subscription", "planDetails", "upgradeQuote", "renewal"] as const),
    ...(["contributors", "claimable", "earnings"] as const),
  ],
  plans: ["plans", "planOffers"],
  packages: ["packages", "ethQuote", "announcements"],
  rewards: ["campaigns", "campaign", "claims", "code", "contributions"],
  tabs: ["tab", "status", "sessions", "statement", "audit", "budgetKeys", "budgetKeyUsage"],
  generations: ["generations"],
  passes: [
    ...(["access", "renewal", "allowed", "passes", "subscribers", "income", "harvestable", "canReview"] as const),
    ...(["model", "models", "shared", "usage", "ranking"] as const),
  ],
  characters: [
    "character",
    "model",
    "models",
    "versions",
    "searchCharacters",
    "mediaQuote",
    "allowed",
    "access",
    "usage",
  ],
  circle: ["circle", "allowed", "shared", "model", "models"],
  market: [
    ...([
      "work",
      "workDetails",
      "works",
      "offer",
      "licence",
      "licences",
      "bond",
      "listing",
      "order",
      "orders",
    ] as const),
    ...(["workOrders", "sales", "delivery", "certificate", "isDeposited", "deposit", "canReviewWork"] as const),
    ...(["searchWorks", "similarWorks", "trendingWorks"] as const),
  ],
  reviews: [
    ...(["reviews", "score", "rating", "canReview", "searchCharacters", "ranking", "model", "models"] as const),
    ...([
      "workReviews",
      "workRating",
      "canReviewWork",
      "searchWorks",
      "workDetails",
      "votes",
      "contributions",
    ] as const),
  ],
  people: ["profile", "follows", "names"],
  account: ["account", "notifications"],
  history: ["history"],
  knowledge: ["knowledge", "versions"],
  feedback: ["feedback", "feedbackQueue", "contributions"],
  shares: ["shares", "contributions"],
  reports: ["reports"],
  roles: ["role", "hasRole", "canCall"],
  operator: ["operator"],
  signIn: ["signedIn"],
  /** GraphQL of an app's own: what it reads is not known. */
  own: ["index"],
  /** Named by their content: nothing changes them. */
  fixed: ["card", "workMetadata", "record"],
} as const;

type Subject = keyof typeof KINDS;
/** The first part of a query's key. */
export type QueryKind = (typeof KINDS)[Subject][number];

/** Every kind of query that the hooks of this package read. */
export const QUERY_KINDS: ReadonlySet<string> = new Set(Object.values(KINDS).flat());

/** What reads the index: it follows the chain, so that it may tell of before when a transaction is mined. */
export const INDEX_KINDS: ReadonlySet<string> = new Set<QueryKind>([
  ...([
    "bonusDetails",
    "referrals",
    "creditHistory",
    "planDetails",
    "planOffers",
    "announcements",
    "campaigns",
  ] as const),
  ...(["claims", "contributors", "passes", "subscribers", "income", "usage", "ranking", "circle", "reviews"] as const),
  ...(["workDetails", "works", "licences", "order", "orders", "workOrders", "sales", "workReviews", "index"] as const),
  ...(["searchCharacters", "searchWorks", "similarWorks", "trendingWorks"] as const),
]);

const of = (...subjects: Subject[]): readonly QueryKind[] => [...new Set(subjects.flatMap((one) => KINDS[one]))];
const all = of(...(Object.keys(KINDS) as Subject[]).filter((one) => one !== "fixed"));
const credits = of("money", "rewards", "own");
const tabs = of("money", "tabs", "account", "own");
const passes = of("money", "passes", "account", "own");
const settings = of("account");
const characters = of("characters", "circle", "own");
const market = of("market", "own");
const sale = of("money", "market", "account", "own");
const reviews = of("reviews", "account", "own");

/** By hook: which kinds of queries are read again when it has ended, well or not. */
export const CHANGES = {
  useBuySponsored: credits,
  useBuyWithPermit: credits,
  useBuyWithEth: credits,
  useRedeem: credits,
  useSubscribeToPlan: of("money", "rewards", "plans", "account", "own"),
  useUpgradePlan: of("money", "plans", "own"),
  useSetPlanRenewal: of("money", "plans", "own"),
  useCancelPlan: of("money", "plans", "own"),
  useSetTopUp: credits,
  useCancelTopUp: credits,
  useRevokeAllowance: of("money", "passes", "own"),
  useSetAllowance: of("money", "passes", "own"),
  useRedeemCode: credits,
  useClaimContribution: credits,
  useOpenSession: tabs,
  useRotateSession: tabs,
  useTopUp: tabs,
  useExtend: tabs,
  useRequestClose: tabs,
  useCloseSession: of("money", "tabs", "passes", "account", "own"),
  useReclaim: tabs,
  useCreateBudgetKey: tabs,
  useRenameBudgetKey: of("tabs"),
  useRevokeBudgetKey: tabs,
  useCollect: of("money", "characters", "passes", "own"),
  useHarvest: of("money", "passes", "own"),
  useClaim: credits,
  useClaimAndRedeem: credits,
  useSubscribe: passes,
  useBuyLifetime: passes,
  useGift: passes,
  useSwitchPlan: passes,
  useSetRenewal: passes,
  useCancelAtPeriodEnd: passes,
  useCancelNow: passes,
  useRenew: passes,
  useCreateCharacter: of("characters", "circle", "passes", "people", "own"),
  useSetTerms: of("characters", "passes", "money", "own"),
  useSetAllowed: characters,
  // Signed in the wallet alone.
  useCreateInvite: [],
  useRedeemInvite: of("circle", "passes", "own"),
  useRevokeInvites: characters,
  useRevokeAllInvites: characters,
  useReview: reviews,
  useWithdrawReview: reviews,
  useReply: reviews,
  useReviewWork: reviews,
  useWithdrawWorkReview: reviews,
  useReplyToWorkReview: reviews,
  useSetHelpful: of("reviews"),
  useReport: of("reports"),
  useDecideReport: of("reports", "market", "characters", "people"),
  useCreateWork: market,
  useSetWorkMetadata: market,
  useSetWorkPayee: market,
  useSetDerivatives: market,
  useSetWorkSuspended: market,
  useTransferWork: market,
  useDepositGeneration: of("market", "generations"),
  useDepositFile: market,
  useAddOffers: market,
  useCloseOffers: market,
  useBuyLicence: sale,
  useAcceptLicence: sale,
  useDisputeLicence: sale,
  useConcludeLicences: sale,
  useResolveDispute: sale,
  useTransferLicence: market,
  useListToken: market,
  useDelistToken: market,
  useBuyListed: sale,
  useGenerate: of("generations", "tabs", "account"),
  useCancelGeneration: of("generations", "tabs", "account"),
  useDeleteGeneration: of("generations"),
  usePublishGeneration: of("generations"),
  useSignIn: all,
  useSignOut: all,
  useSignOutEverywhere: all,
  useDeleteAccount: all,
  useSetProfile: of("people", "account"),
  useFollow: of("people", "account"),
  useUnfollow: of("people", "account"),
  useMarkRead: of("account"),
  useSetDailyLimit: settings,
  useSetMuted: settings,
  useSavePush: settings,
  useDeletePush: settings,
  useSetMail: settings,
  useAddKnowledge: of("knowledge"),
  useDeleteKnowledge: of("knowledge"),
  usePutHistory: of("history"),
  useDeleteHistory: of("history"),
  useSendFeedback: of("feedback"),
  useDecideFeedback: of("feedback"),
  useShareCreation: of("shares"),
  useUnshare: of("shares"),
  usePropose: all,
  useExecute: all,
  useCancelProposal: all,
} as const satisfies Record<string, readonly QueryKind[]>;

/** A mutation of this package, by its hook. */
export type MutationName = keyof typeof CHANGES;
