import type { Context } from "ponder:registry";
import schema from "ponder:schema";
import type { Address, Hex } from "viem";
import { added, dayOf, type Happened, monthOf } from "./chain.ts";
import { PAYER_CAP } from "./ranking.ts";

type WithDatabase = Pick<Context, "db">;

/** The key of the only row of `protocol`. */
export const PROTOCOL = { id: "stelai" } as const;

const PROTOCOL_ZERO = {
  supply: 0n,
  reserve: 0n,
  creditsSold: 0n,
  received: 0n,
  creditsRedeemed: 0n,
  redeemed: 0n,
  retired: 0n,
  swept: 0n,
  packageCount: 0,
  characters: 0,
  creators: 0,
  tabs: 0,
  tabsOpen: 0,
  locked: 0n,
  settled: 0n,
  collected: 0n,
  inferences: 0n,
  passesSold: 0n,
  passesRefunded: 0n,
  passesHarvested: 0n,
  works: 0,
  licences: 0,
  licencesSold: 0n,
  licencesReleased: 0n,
  licencesRefunded: 0n,
  bonds: 0n,
  resold: 0n,
  royalties: 0n,
  earned: 0n,
  commission: 0n,
  claimed: 0n,
  claimRedeemed: 0n,
  bonus: 0n,
  bonusGranted: 0n,
  bonusDrawn: 0n,
  bonusReturned: 0n,
  bonusLapsed: 0n,
  referralsGiven: 0n,
  budgets: 0n,
  budgetsFunded: 0n,
  budgetsBurned: 0n,
  budgetsCost: 0n,
};

/** What a day sums up of the running totals. */
const DAY_SUMS = {
  creditsSold: 0n,
  received: 0n,
  creditsRedeemed: 0n,
  redeemed: 0n,
  swept: 0n,
  settled: 0n,
  inferences: 0n,
  passesSold: 0n,
  passesRefunded: 0n,
  passesHarvested: 0n,
  licencesSold: 0n,
  licencesReleased: 0n,
  licencesRefunded: 0n,
  resold: 0n,
  royalties: 0n,
  earned: 0n,
  commission: 0n,
  bonusGranted: 0n,
  bonusDrawn: 0n,
  bonusReturned: 0n,
  bonusLapsed: 0n,
};

const DAY_COUNTS = { purchases: 0, redemptions: 0 };

const ACCOUNT_ZERO = {
  balance: 0n,
  creditsBought: 0n,
  spent: 0n,
  passesPaid: 0n,
  passesRefunded: 0n,
  licencesPaid: 0n,
  licencesRefunded: 0n,
  inferences: 0n,
  characters: 0,
  works: 0,
};

const PAYER_ZERO = { amount: 0n, inferences: 0n, milliunits: 0n, passesPaid: 0n, passesRefunded: 0n };

const CHARACTER_DAY_ZERO = {
  amount: 0n,
  inferences: 0n,
  milliunits: 0n,
  passesSold: 0n,
  passesRefunded: 0n,
  payers: 0,
};

const PAYEE_ZERO = {
  gross: 0n,
  commission: 0n,
  net: 0n,
  flowedIn: 0n,
  flowedOut: 0n,
  commissionIn: 0n,
  claimed: 0n,
  redeemed: 0n,
};

const BONUS_ZERO = {
  balance: 0n,
  lapsesAt: 0n,
  granted: 0n,
  fromReferrals: 0n,
  fromPurchases: 0n,
  fromPromotions: 0n,
  fromContributions: 0n,
  drawn: 0n,
  returned: 0n,
  lapsed: 0n,
};

const PAYEE_DAY_ZERO = { gross: 0n, commission: 0n, net: 0n, flowedIn: 0n };

const OPERATOR_ZERO = {
  tabs: 0,
  tabsOpen: 0,
  settled: 0n,
  fees: 0n,
  feesCollected: 0n,
  inferences: 0n,
  batches: 0,
  rowsPaid: 0,
  rowsSkipped: 0,
};

const OPERATOR_DAY_ZERO = { settled: 0n, fees: 0n, inferences: 0n };

/** Adds to the running totals and to the day's; supply and reserve of a day are those after its last change. */
export async function addToProtocol(
  { db }: WithDatabase,
  event: Happened,
  delta: Partial<typeof PROTOCOL_ZERO>,
  counts: Partial<typeof DAY_COUNTS> = {},
): Promise<void> {
  const { supply, reserve } = await db
    .insert(schema.protocol)
    .values({ ...PROTOCOL, ...PROTOCOL_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
  const sums = Object.fromEntries(Object.entries(delta).filter(([column]) => column in DAY_SUMS));
  const dayDelta: Partial<typeof DAY_SUMS & typeof DAY_COUNTS> = { ...sums, ...counts };
  await db
    .insert(schema.protocolDay)
    .values({ day: dayOf(event.block.timestamp), ...DAY_SUMS, ...DAY_COUNTS, ...dayDelta, supply, reserve })
    .onConflictDoUpdate((row) => ({ ...added(row, dayDelta), supply, reserve }));
}

/** Adds to an account; returns it as it stands then. */
export function addToAccount({ db }: WithDatabase, address: Address, delta: Partial<typeof ACCOUNT_ZERO>) {
  return db
    .insert(schema.account)
    .values({ address, ...ACCOUNT_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to what an account has of bonus credits. */
export async function addToBonus(
  { db }: WithDatabase,
  account: Address,
  delta: Partial<typeof BONUS_ZERO>,
): Promise<void> {
  await db
    .insert(schema.bonusAccount)
    .values({ account, ...BONUS_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to what an account paid a character, and says whether it is new to it, or new today. */
export async function addToPayer(
  { db }: WithDatabase,
  event: Happened,
  key: { characterId: bigint; payer: Address },
  delta: Partial<typeof PAYER_ZERO>,
): Promise<{ payers: number; payersToday: number }> {
  const { timestamp } = event.block;
  let lastPaidAt: bigint | undefined;
  await db
    .insert(schema.characterPayer)
    .values({ ...key, ...PAYER_ZERO, ...delta, firstPaidAt: timestamp, lastPaidAt: timestamp })
    .onConflictDoUpdate((row) => {
      lastPaidAt = row.lastPaidAt;
      return { ...added(row, delta), lastPaidAt: timestamp };
    });
  const isNew = lastPaidAt === undefined;
  const isNewToday = lastPaidAt === undefined || dayOf(lastPaidAt) !== dayOf(timestamp);
  return { payers: Number(isNew), payersToday: Number(isNewToday) };
}

/** Adds to what an account settled for a character this month, and keeps when what of it counts was last raised. */
export async function addToPayerMonth(
  { db }: WithDatabase,
  event: Happened,
  key: { characterId: bigint; payer: Address },
  delta: Record<"amount" | "inferences" | "milliunits", bigint>,
): Promise<void> {
  const { timestamp } = event.block;
  await db
    .insert(schema.payerMonth)
    .values({ month: monthOf(timestamp), ...key, ...delta, reachedAt: timestamp })
    .onConflictDoUpdate((row) => ({
      ...added(row, delta),
      reachedAt: delta.amount > 0n && row.amount < PAYER_CAP ? timestamp : row.reachedAt,
    }));
}

/** Adds to what a character's day came to. */
export async function addToCharacterDay(
  { db }: WithDatabase,
  event: Happened,
  characterId: bigint,
  delta: Partial<typeof CHARACTER_DAY_ZERO>,
): Promise<void> {
  await db
    .insert(schema.characterDay)
    .values({ characterId, day: dayOf(event.block.timestamp), ...CHARACTER_DAY_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to a payee's running totals. */
export async function addToPayee({ db }: WithDatabase, payee: Hex, delta: Partial<typeof PAYEE_ZERO>): Promise<void> {
  await db
    .insert(schema.payeeTotal)
    .values({ payee, isSplit: payee.length > 42, ...PAYEE_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to what a payee was credited, in all and that day. */
export async function creditPayee(
  context: WithDatabase,
  event: Happened,
  payee: Hex,
  delta: Partial<typeof PAYEE_DAY_ZERO>,
): Promise<void> {
  await addToPayee(context, payee, delta);
  await context.db
    .insert(schema.payeeDay)
    .values({ payee, day: dayOf(event.block.timestamp), ...PAYEE_DAY_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to an operator's running totals. */
export async function addToOperator(
  { db }: WithDatabase,
  address: Address,
  delta: Partial<typeof OPERATOR_ZERO>,
): Promise<void> {
  await db
    .insert(schema.operator)
    .values({ address, ...OPERATOR_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}

/** Adds to what an operator settled that day. */
export async function addToOperatorDay(
  { db }: WithDatabase,
  event: Happened,
  operator: Address,
  delta: Partial<typeof OPERATOR_DAY_ZERO>,
): Promise<void> {
  await db
    .insert(schema.operatorDay)
    .values({ operator, day: dayOf(event.block.timestamp), ...OPERATOR_DAY_ZERO, ...delta })
    .onConflictDoUpdate((row) => added(row, delta));
}
