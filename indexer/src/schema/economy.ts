import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { where } from "./columns.ts";

/** Why an account's credits or bonus credits changed; what each is, is told in the README, "The ledger". */
export const ledgerKind = onchainEnum("ledger_kind", [
  "Bought",
  "Plan",
  "Renewal",
  "Upgrade",
  "TopUp",
  "Received",
  "Sent",
  "Redeemed",
  "Retired",
  "Budget",
  "TabOpened",
  "TabToppedUp",
  "TabClosed",
  "SponsorFee",
  "Payment",
  "Pass",
  "PassRefund",
  "Licence",
  "LicenceRefund",
  "Bond",
  "Resale",
  "Earned",
  "Bonus",
  "BonusDrawn",
  "BonusReturned",
  "BonusLapsed",
]);

/** Where a bonus came from, as `IRewards.Source`. */
export const bonusSource = onchainEnum("bonus_source", ["Referrer", "Referee", "Promotion", "Contribution"]);

/**
 * Everything that changed what an account holds. With the account's row of `transit`, the sum of `credits` is its $STELAI,
 * and the sum of `bonus` its bonus credits.
 */
export const ledgerLine = onchainTable(
  "ledger_line",
  (t) => ({
    id: t.text().primaryKey(), // of the event and the line's place in it
    account: t.hex().notNull(),
    kind: ledgerKind().notNull(),
    credits: t.bigint().notNull(), // wei, signed
    bonus: t.bigint().notNull(), // micro, signed
    usdc: t.bigint(), // reserve, signed; null: none was paid or received for it
    counterparty: t.hex(), // the other account: who paid, received, sponsored, or bought
    characterId: t.bigint(),
    licenceId: t.bigint(),
    workId: t.bigint(),
    operator: t.hex(),
    tabId: t.bigint(),
    planId: t.bigint(),
    campaignId: t.bigint(),
    source: bonusSource(),
    eth: t.bigint(), // wei of ETH that a purchase took
    ...where(t),
  }),
  (table) => ({ accountIndex: index().on(table.account, table.id) }),
);

/**
 * What moved between an account and our contracts in the last transaction that did so, less what its events tell: not zero
 * when credits were sent straight to a contract, or a contract was paid in a way that none of its events names.
 */
export const transit = onchainTable("transit", (t) => ({
  account: t.hex().primaryKey(),
  amount: t.bigint().notNull(), // wei, signed
  id: t.text().notNull(), // of the last event of it
  ...where(t),
}));

export const creditPlan = onchainTable("credit_plan", (t) => ({
  id: t.bigint().primaryKey(),
  credits: t.bigint().notNull(), // wei, a cycle's
  price: t.bigint().notNull(), // reserve; zero: not offered now
  period: t.bigint().notNull(), // seconds
  since: t.bigint().notNull(),
}));

/** Every price that a plan ever had. */
export const planPrice = onchainTable(
  "plan_price",
  (t) => ({
    id: t.text().primaryKey(),
    planId: t.bigint().notNull(),
    price: t.bigint().notNull(), // reserve; zero: not offered
    ...where(t),
  }),
  (table) => ({ planIndex: index().on(table.planId, table.id) }),
);

/** An account's subscription as the contract keeps it. */
export const planSubscription = onchainTable(
  "plan_subscription",
  (t) => ({
    account: t.hex().primaryKey(),
    planId: t.bigint().notNull(),
    renewalPlanId: t.bigint().notNull(),
    start: t.bigint().notNull(),
    end: t.bigint().notNull(),
    granted: t.bigint().notNull(), // wei, this cycle
    paid: t.bigint().notNull(), // reserve, this cycle
    mandate: t.bigint().notNull(), // reserve; zero: it does not renew
  }),
  (table) => ({ planIndex: index().on(table.planId, table.end) }),
);

export const planPaymentKind = onchainEnum("plan_payment_kind", ["Plan", "Renewal", "Upgrade"]);

export const planPayment = onchainTable(
  "plan_payment",
  (t) => ({
    id: t.text().primaryKey(),
    account: t.hex().notNull(),
    kind: planPaymentKind().notNull(),
    planId: t.bigint().notNull(),
    formerPlanId: t.bigint(), // of an upgrade
    credits: t.bigint().notNull(), // wei
    price: t.bigint().notNull(), // reserve
    ...where(t),
  }),
  (table) => ({ accountIndex: index().on(table.account, table.id) }),
);

/** What an account agreed to for automatic top-ups, and what the window of 30 days cost that ran last. */
export const topUp = onchainTable("top_up", (t) => ({
  account: t.hex().primaryKey(),
  threshold: t.bigint().notNull(), // wei
  credits: t.bigint().notNull(), // wei; zero: none
  maxPrice: t.bigint().notNull(), // reserve
  cap: t.bigint().notNull(), // reserve, a window
  spent: t.bigint().notNull(), // reserve, of the last window
  windowEnd: t.bigint().notNull(), // zero: there was none
}));

export const topUpPayment = onchainTable(
  "top_up_payment",
  (t) => ({
    id: t.text().primaryKey(),
    account: t.hex().notNull(),
    credits: t.bigint().notNull(), // wei
    price: t.bigint().notNull(), // reserve
    ...where(t),
  }),
  (table) => ({ accountIndex: index().on(table.account, table.id) }),
);

/** What was bought with ETH; its row of `purchase` has the checkout as the payer. */
export const ethPurchase = onchainTable(
  "eth_purchase",
  (t) => ({
    id: t.text().primaryKey(),
    payer: t.hex().notNull(),
    recipient: t.hex().notNull(),
    credits: t.bigint().notNull(), // wei
    price: t.bigint().notNull(), // reserve
    paid: t.bigint().notNull(), // wei of ETH
    ...where(t),
  }),
  (table) => ({ payerIndex: index().on(table.payer, table.id) }),
);

/** An account's bonus credits: `granted + returned − drawn − lapsed = balance`. What lapsed counts until it is burned. */
export const bonusAccount = onchainTable("bonus_account", (t) => ({
  account: t.hex().primaryKey(),
  balance: t.bigint().notNull(), // micro
  lapsesAt: t.bigint().notNull(), // zero: never had any
  granted: t.bigint().notNull(), // micro, of which:
  fromReferrals: t.bigint().notNull(), // micro, as the referrer
  fromPurchases: t.bigint().notNull(), // micro, as the referee
  fromPromotions: t.bigint().notNull(), // micro
  fromContributions: t.bigint().notNull(), // micro
  drawn: t.bigint().notNull(), // micro, into tabs
  returned: t.bigint().notNull(), // micro, from tabs
  lapsed: t.bigint().notNull(), // micro, burned
}));

/** Who sent an account, decided by its first purchase. */
export const referral = onchainTable(
  "referral",
  (t) => ({
    account: t.hex().primaryKey(),
    referrer: t.hex(), // null: nobody, for good
    id: t.text().notNull(),
    earned: t.bigint().notNull(), // micro, by the referrer, of this account's purchases
    ...where(t),
  }),
  (table) => ({ referrerIndex: index().on(table.referrer, table.id) }),
);

export const referralTermsChange = onchainTable("referral_terms_change", (t) => ({
  id: t.text().primaryKey(),
  referrerBps: t.integer().notNull(),
  refereeBps: t.integer().notNull(),
  cap: t.bigint().notNull(), // wei
  ...where(t),
}));

export const bonusGrant = onchainTable(
  "bonus_grant",
  (t) => ({
    id: t.text().primaryKey(),
    account: t.hex().notNull(),
    source: bonusSource().notNull(),
    campaignId: t.bigint(), // null: a referral's
    amount: t.bigint().notNull(), // micro
    buyer: t.hex(), // of a referral
    deed: t.hex(), // of a contribution
    ...where(t),
  }),
  (table) => ({
    accountIndex: index().on(table.account, table.id),
    campaignIndex: index().on(table.campaignId, table.id),
    sourceIndex: index().on(table.source, table.timestamp),
  }),
);

/** A campaign: `funded − given − burned = budget`. */
export const campaign = onchainTable(
  "campaign",
  (t) => ({
    id: t.bigint().primaryKey(),
    source: bonusSource().notNull(),
    signer: t.hex().notNull(),
    start: t.bigint().notNull(),
    end: t.bigint().notNull(), // brought forward when it was stopped
    perAccount: t.bigint().notNull(), // micro
    daily: t.bigint().notNull(), // micro
    uri: t.text().notNull(),
    budget: t.bigint().notNull(), // micro
    given: t.bigint().notNull(), // micro
    burned: t.bigint().notNull(), // micro
    funded: t.bigint().notNull(), // micro
    cost: t.bigint().notNull(), // reserve
    claims: t.integer().notNull(),
    endedAt: t.bigint(), // when what was left was burned first
    ...where(t),
  }),
  (table) => ({ signerIndex: index().on(table.signer) }),
);

/** With which operators bonus credits may be spent, as it stands. */
export const trustedOperator = onchainTable("trusted_operator", (t) => ({
  operator: t.hex().primaryKey(),
  isTrusted: t.boolean().notNull(),
  since: t.bigint().notNull(),
}));

/** What was scheduled with the AccessManager; the same call can be again once it is over, as the next `nonce`. */
export const scheduledOperation = onchainTable(
  "scheduled_operation",
  (t) => ({
    operationHash: t.hex().notNull(), // the id: the hash of caller, target and data
    nonce: t.bigint().notNull(),
    id: t.text().notNull(),
    target: t.hex().notNull(),
    data: t.hex().notNull(),
    caller: t.hex().notNull(),
    readyAt: t.bigint().notNull(),
    executedAt: t.bigint(),
    cancelledAt: t.bigint(),
    ...where(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.operationHash, table.nonce] }), idIndex: index().on(table.id) }),
);
