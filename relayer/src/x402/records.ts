import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Database } from "../store/index.ts";
import { x402Payments as table } from "../store/schema/x402.ts";

/** Why one is held whose transaction was replaced, or taken back by a reorganisation. */
export const TAKEN_BACK = "taken_back";

/** How long the bill of a payment is kept, and of one that came to nothing, in days. */
const BILLS_DAYS = 400;
const NOTHING_DAYS = 30;

/** Everything that is kept of the single payments that an account made, for its export. Answers are given again by the payment. */
export async function paymentsOfAccount(db: Database, account: Address) {
  const { nonce, purpose, request, value, lines, passOf, status, transaction, by, brought, reason, usage } = table;
  return db
    .select({
      ...{ operator: table.operator, nonce, purpose, request, value, lines, passOf, status, transaction, by, brought },
      ...{ reason, usage, validBefore: table.validBefore, createdAt: table.createdAt },
    })
    .from(table)
    .where(eq(table.payer, lower(account)));
}

/**
 * Forgets what an account asked for and was answered. Bills stay, because they are money; what came to nothing stays for
 * as long as somebody can still bring it to the chain.
 */
export async function forgetPaymentsOf(db: Database, account: Address): Promise<void> {
  const isOwn = eq(table.payer, lower(account));
  await db.delete(table).where(and(isOwn, inArray(table.status, ["released", "refused"]), isNull(table.lookAt)));
  const isOver = inArray(table.status, ["settled", "released", "refused"]);
  await db.update(table).set({ answer: null, request: null }).where(and(isOwn, isOver));
}

/** Forgets bills long after they were paid, and soon what came to nothing and cannot be brought to the chain any more. */
export async function prunePayments(db: Database): Promise<void> {
  const isOlder = (days: number) => sql`${table.createdAt} < now() - make_interval(days => ${days})`;
  await db.delete(table).where(and(eq(table.status, "settled"), isOlder(BILLS_DAYS)));
  const isNothing = and(inArray(table.status, ["released", "refused"]), isNull(table.lookAt));
  await db.delete(table).where(and(isNothing, isOlder(NOTHING_DAYS)));
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
