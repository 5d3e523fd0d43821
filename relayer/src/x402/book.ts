import { and, asc, eq, inArray, isNotNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Address, Hex } from "viem";
import type { Config } from "../config.ts";
import { type KeptAnswer, sealAnswer, unsealAnswer } from "../metering/answers.ts";
import { aliveInstances } from "../metering/recovery.ts";
import { Vault } from "../people/vault.ts";
import type { Database, Store } from "../store/index.ts";
import { type StoredUsage, x402Payments as table } from "../store/schema/x402.ts";
import {
  AnsweredOftenError,
  AnswerForgottenError,
  PaymentDiffersError,
  PaymentInProgressError,
  PaymentProblem,
} from "./errors.ts";
import { prunePayments, TAKEN_BACK } from "./records.ts";
import type { Draft, Fault, Known, PaymentKey, PaymentRow, Promised } from "./types.ts";
import { UNCOUNTED, type Unpaid } from "./unpaid.ts";

export type { Draft, Fault, Known, PaymentKey, PaymentRow } from "./types.ts";

/** How often words are delivered for one payment: an upstream that broke them off is no fault of who paid. */
const MOST_TRIES = 3;

/** How many of its transactions may be mined and revert: each costs the operator gas. */
export const MOST_REVERTS = 3;

/** How long one that nobody works for is left alone: whoever took it may be about to queue what it pays for. */
const ORPHAN_SECONDS = 60;

/** How soon the chain is asked again after what came to nothing, and of how many at a time. */
const LOOK_SECONDS = 60;
const LOOKS = 100;

type BookOptions = {
  store: Store;
  operator: Address;
  /** This process, among those on one database. */
  instance: string;
  config: Pick<Config, "MASTER_KEY" | "PREVIOUS_MASTER_KEYS" | "ANSWER_RETENTION_SECONDS">;
  unpaid: Unpaid;
};

/** The payments of one operator, over one database that several processes may share. */
export class PaymentBook {
  readonly #store: Store;
  readonly #operator: Address;
  readonly #instance: string;
  readonly #vault: Vault;
  readonly #retention: number;
  readonly #unpaid: Unpaid;
  /** What the database could not be told of what this process holds, in order. */
  #late: { of: string; write: () => Promise<unknown> }[] = [];
  #catchingUp: Promise<void> | undefined;

  constructor({ store, operator, instance, config, unpaid }: BookOptions) {
    this.#store = store;
    this.#operator = operator;
    this.#instance = instance;
    this.#vault = new Vault("x402 answers", [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
    this.#retention = config.ANSWER_RETENTION_SECONDS;
    this.#unpaid = unpaid;
  }

  async find(key: PaymentKey): Promise<PaymentRow | undefined> {
    const [row] = await this.#store.db.select().from(table).where(this.#is(key));
    return row;
  }

  /**
   * That {@link take} would hold it now, as it is known; nothing is taken.
   * @throws PaymentDiffersError, PaymentProblem, TooMuchUnpaidError
   */
  async requireFree(draft: Draft, known: Known, now: bigint): Promise<void> {
    const key = { payer: draft.signed.from, nonce: draft.signed.nonce };
    const before = await this.find(key);
    requireSame(before, draft);
    if (typeof known === "string") return;
    requireTriable(before);
    await this.#requireCovered(key, draft.signed.value, known.balance, now, this.#store.db);
    if (before === undefined || before.countedOn === null) await this.#unpaid.require(key.payer);
  }

  /**
   * Takes a payment for a request: from here on it pays for nothing else, and this process alone answers it.
   * @param now The chain's time: what can never be settled any more is no promise.
   * @throws PaymentDiffersError, PaymentInProgressError, AnsweredOftenError, PaymentProblem, TooMuchUnpaidError
   */
  async take(draft: Draft, known: Known, now: bigint): Promise<PaymentRow> {
    const { signed, purpose, request, header, lines, passOf } = draft;
    const key = { payer: signed.from, nonce: signed.nonce };
    // What was done for it before is said first, or not at all.
    await this.catchUp();
    const taken = await this.#store.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`x402 ${this.#operator} ${lower(signed.from)}`}))`);
      // Locked: a worker may be about to send it.
      const [before] = await tx.select().from(table).where(this.#is(key)).for("update");
      requireSame(before, draft);
      if (before !== undefined && before.instance !== null && (await this.#isAlive(before.instance, tx))) {
        throw new PaymentInProgressError();
      }
      if (before !== undefined && (await this.isMade(before, tx))) return before;
      // What waits in a queue of its own is nobody's.
      const instance = purpose === "media" ? null : this.#instance;
      if (before?.status === "sent" || before?.status === "settled") {
        if (before.answer !== null) return before;
        if (before.usage !== null) throw new AnswerForgottenError();
        if (before.tries >= MOST_TRIES && purpose === "chat") throw new AnsweredOftenError(before.tries);
        const [row] = await tx.update(table).set({ instance }).where(this.#is(key)).returning();
        return present(row);
      }
      // It came to nothing since it was looked at: the same again is checked.
      if (known === "unchecked") throw new PaymentInProgressError();
      requireTriable(before);
      const promised = known === "brought" ? undefined : known;
      if (promised !== undefined) await this.#requireCovered(key, signed.value, promised.balance, now, tx);
      const counted = await this.#count(tx, key.payer, before, promised);
      const values = {
        ...{ purpose, request, header, lines, passOf, instance, status: "held" as const },
        ...{ value: signed.value.toString(), validAfter: signed.validAfter, validBefore: signed.validBefore },
        ...{ signature: signed.signature, transactionId: null, transaction: null, by: null, reason: null },
        ...{ ...counted, takenAt: sql`now()`, brought: null, lookAt: null },
        // What was answered by a payment that a reorganisation took back is answered anew.
        ...{ answer: null, usage: null },
      };
      const named = { operator: this.#operator, payer: lower(key.payer), nonce: key.nonce };
      const [row] = await tx
        .insert(table)
        .values({ ...named, ...values, tries: 0 })
        .onConflictDoUpdate({ target: [table.operator, table.payer, table.nonce], set: values })
        .returning();
      return present(row);
    });
    this.#late = this.#late.filter(({ of }) => of !== contextOf(key));
    return taken;
  }

  /**
   * Says that a transaction settles it, in the SQL transaction that stores that.
   * @param brought The transaction in which somebody else brought it, which is distributed; null when nobody did.
   * @returns whether none did before: else that must not be sent.
   */
  async sent(tx: Database, key: PaymentKey, transactionId: number, brought: Hex | null): Promise<boolean> {
    const by = brought === null ? ("settle" as const) : ("distribute" as const);
    const rows = await tx
      .update(table)
      .set({ status: "sent", transactionId, by, brought })
      .where(and(this.#is(key), eq(table.status, "held")))
      .returning({ nonce: table.nonce });
    return rows.length > 0;
  }

  /** The chain has it. */
  async settled(key: PaymentKey, transaction: Hex): Promise<void> {
    await this.#move(key, ["sent"], { status: "settled", transaction, reason: null, lookAt: null }, "operator");
  }

  /** It was settled by a transaction that no row knows of. */
  async settledElsewhere(key: PaymentKey, transaction: Hex): Promise<void> {
    const values = { status: "settled" as const, transaction, by: "settle" as const, reason: null, lookAt: null };
    await this.#move(key, ["held"], values, "operator");
  }

  /** Its transaction came to nothing, or was taken back: another one may settle it. */
  async unsent(key: PaymentKey, transactionId: number): Promise<void> {
    await this.#store.db
      .update(table)
      .set({ status: "held", transactionId: null, transaction: null, reason: TAKEN_BACK })
      .where(and(this.#is(key), inArray(table.status, ["sent", "settled"]), eq(table.transactionId, transactionId)));
  }

  /** Its transaction was mined and reverted: another one may settle it, a few times. */
  async reverted(key: PaymentKey, transactionId: number): Promise<void> {
    await this.#store.db
      .update(table)
      .set({ status: "held", transactionId: null, transaction: null, reverts: sql`${table.reverts} + 1` })
      .where(and(this.#is(key), eq(table.status, "sent"), eq(table.transactionId, transactionId)));
  }

  /** The chain does not take it. */
  async refused(key: PaymentKey, reason: string): Promise<void> {
    const values = { status: "refused" as const, reason, instance: null, lookAt: sql`now()` };
    await this.#move(key, ["held"], values, "payer");
  }

  /**
   * It came to nothing before anything was sent: the authorization is unused, and may come again. What a generation that
   * has not ended is paid by stays held.
   * @param fault By whose doing: work that nobody paid for counts against the payer.
   */
  release(key: PaymentKey, reason: string, fault: Fault = "operator"): Promise<void> {
    const values = { status: "released" as const, reason, instance: null, lookAt: sql`now()` };
    const isOurs = sql`(${table.purpose} = 'media' or ${table.instance} = ${this.#instance})`;
    return this.#inTheEnd(key, () =>
      this.#move(key, ["held"], values, fault, sql`${isOurs} and not ${this.#isMaking()}`),
    );
  }

  /** Lets go of what is held although nothing is done for it any more. */
  async letGo(key: PaymentKey): Promise<void> {
    const values = { status: "released" as const, reason: "interrupted", instance: null, lookAt: sql`now()` };
    await this.#move(key, ["held"], values, "operator", this.#isIdle());
  }

  /** Somebody else brought to the chain what had come to nothing here: it is held again. @returns whether it is. */
  async reopen(key: PaymentKey): Promise<boolean> {
    return this.#move(key, ["released", "refused"], { status: "held" }, undefined);
  }

  /** When the chain is asked next whether somebody brought it; null: never again. */
  async lookedAt({ payer, nonce, takenAt }: PaymentRow, isOver: boolean): Promise<void> {
    // Less often the longer ago it came: who signs something for ever is not looked after for ever.
    const wait = Math.max(LOOK_SECONDS, (Date.now() - takenAt.getTime()) / 1_000);
    await this.#store.db
      .update(table)
      .set({ lookAt: isOver ? null : sql`now() + make_interval(secs => ${wait})` })
      .where(and(this.#is({ payer, nonce }), inArray(table.status, ["released", "refused"])));
  }

  /** Nobody answers it now. @param reason What broke its answer off. */
  leave(key: PaymentKey, reason: string | null = null): Promise<void> {
    return this.#end(key, reason === null ? {} : { reason });
  }

  /** Words were delivered and broke off, of what was paid in full: it may be asked for again, a few times. */
  brokeOff(key: PaymentKey, reason: string): Promise<void> {
    return this.#end(key, { reason, tries: sql`${table.tries} + 1` });
  }

  /**
   * Says that something was sold elsewhere for a settled payment.
   * @returns whether it was not before: one payment buys one thing.
   */
  async spend(key: PaymentKey): Promise<boolean> {
    const rows = await this.#store.db
      .update(table)
      .set({ tries: 1 })
      .where(and(this.#is(key), eq(table.status, "settled"), eq(table.tries, 0)))
      .returning({ nonce: table.nonce });
    return rows.length > 0;
  }

  /** Whether a generation that has not ended waits to be charged by it. */
  async isMade(row: PaymentRow, db: Database = this.#store.db): Promise<boolean> {
    if (row.purpose !== "media" || row.status !== "held") return false;
    return (await db.$count(table, and(this.#is(row), this.#isMaking()))) > 0;
  }

  /** Keeps the whole answer, to be given again. */
  keep(key: PaymentKey, answer: KeptAnswer, usage: StoredUsage): Promise<void> {
    return this.#end(key, { answer: sealAnswer(this.#vault, contextOf(key), answer), usage, reason: null });
  }

  /** Says what the database could not be told when it was away: until then it is in progress here. */
  async catchUp(): Promise<void> {
    if (this.#late.length === 0) return;
    this.#catchingUp ??= this.#sayLate().finally(() => {
      this.#catchingUp = undefined;
    });
    await this.#catchingUp;
  }

  /** The answer that was kept. @throws VaultError */
  answerOf(row: PaymentRow): KeptAnswer | undefined {
    return row.answer === null ? undefined : unsealAnswer(this.#vault, contextOf(row), row.answer);
  }

  /** Payments on their way that no living process waits for, and settled ones that a reorganisation took back. */
  async unsettled(): Promise<PaymentRow[]> {
    const isTakenBack = sql`(${table.status} = 'settled' and exists (select from relayer.transactions t
      where t.id = ${table.transactionId} and t.status in ('reverted', 'replaced')))`;
    return this.#store.db
      .select()
      .from(table)
      .where(
        and(
          ...[eq(table.operator, this.#operator), isNotNull(table.transactionId)],
          or(and(eq(table.status, "sent"), this.#isNobodys()), isTakenBack),
        ),
      );
  }

  /** What is held although nothing is done for it any more: its process died, or somebody else was to bring it. */
  async orphans(): Promise<PaymentRow[]> {
    return this.#store.db
      .select()
      .from(table)
      .where(and(eq(table.operator, this.#operator), eq(table.status, "held"), this.#isIdle()));
  }

  /** What came to nothing here, and may have been brought to the chain by somebody else meanwhile. */
  async lookable(): Promise<PaymentRow[]> {
    const isOver = inArray(table.status, ["released", "refused"]);
    return this.#store.db
      .select()
      .from(table)
      .where(and(eq(table.operator, this.#operator), isOver, lte(table.lookAt, sql`now()`)))
      .orderBy(asc(table.lookAt))
      .limit(LOOKS);
  }

  /** Drops answers that were kept for long enough; the records stay for longer. */
  async prune(): Promise<void> {
    await this.#store.db.execute(sql`
      update relayer.x402_payments set answer = null
      where answer is not null and created_at < now() - make_interval(secs => ${this.#retention})`);
    await prunePayments(this.#store.db);
  }

  /** That the payer holds so much beside what its other requests wait for. @throws PaymentProblem */
  async #requireCovered(key: PaymentKey, value: bigint, balance: bigint, now: bigint, tx: Database): Promise<void> {
    const open = await this.#openOf(key, now, tx);
    if (open + value > balance) throw new PaymentProblem("invalid_exact_evm_insufficient_balance");
  }

  /** What others of the payer's requests are worked for on a promise, in wei. */
  async #openOf({ payer, nonce }: PaymentKey, now: bigint, tx: Database): Promise<bigint> {
    const rows = await tx
      .select({ value: table.value })
      .from(table)
      .where(
        and(
          ...[eq(table.operator, this.#operator), eq(table.payer, lower(payer)), sql`${table.nonce} <> ${nonce}`],
          ...[inArray(table.status, ["held", "sent"]), sql`${table.validBefore} > ${now}`],
        ),
      );
    return rows.reduce((sum, { value }) => sum + BigInt(value), 0n);
  }

  async #isAlive(instance: string, tx: Database): Promise<boolean> {
    const result: unknown = await tx.execute(
      sql`select 1 as alive where ${instance} in (${aliveInstances(this.#store, this.#instance)})`,
    );
    return (result as { rows: unknown[] }).rows.length > 0;
  }

  /** This process answers it no more. */
  #end(key: PaymentKey, values: PgUpdateSetSource<typeof table>): Promise<void> {
    const isOurs = and(this.#is(key), eq(table.instance, this.#instance));
    const ended = { ...values, instance: null };
    return this.#inTheEnd(key, () => this.#store.db.update(table).set(ended).where(isOurs));
  }

  async #inTheEnd(key: PaymentKey, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#late.push({ of: contextOf(key), write });
      throw error;
    }
  }

  async #sayLate(): Promise<void> {
    for (const late of [...this.#late]) {
      try {
        await late.write();
        this.#late = this.#late.filter((other) => other !== late);
      } catch {
        // The next round tries again.
      }
    }
  }

  /** Counts it as work on a promise, once. */
  async #count(tx: Database, payer: Address, before: PaymentRow | undefined, promised: Promised | undefined) {
    if (before !== undefined && before.countedOn !== null) return {};
    return promised === undefined ? UNCOUNTED : this.#unpaid.count(tx, payer, promised.networkAddress);
  }

  /**
   * Brings it from one state to another.
   * @param fault By whose doing it is not worked for on a promise any more; undefined: it still is, or was not.
   * @returns whether it was in one of these states.
   */
  async #move(
    key: PaymentKey,
    from: readonly PaymentRow["status"][],
    values: PgUpdateSetSource<typeof table>,
    fault: Fault | undefined,
    condition?: SQL,
  ): Promise<boolean> {
    return this.#store.transaction(async (tx) => {
      const [before] = await tx.select().from(table).where(this.#is(key)).for("update");
      if (before === undefined || !from.includes(before.status)) return false;
      // Only now: what was queued until the row was locked is seen.
      if (condition !== undefined && (await tx.$count(table, and(this.#is(key), condition))) === 0) return false;
      await tx
        .update(table)
        .set({ ...values, ...(fault === undefined ? {} : UNCOUNTED) })
        .where(this.#is(key));
      if (fault === "operator") await this.#unpaid.giveBack(tx, before);
      return true;
    });
  }

  /** No living process answers it. */
  #isNobodys(): SQL {
    const alive = aliveInstances(this.#store, this.#instance);
    return sql`(${table.instance} is null or ${table.instance} not in (${alive}))`;
  }

  /** Nothing is done for it: no process answers it, and nothing that it pays for waits. */
  #isIdle(): SQL {
    const isLeft = sql`(${table.takenAt} < now() - make_interval(secs => ${ORPHAN_SECONDS}) and not ${this.#isMaking()})`;
    return sql`case when ${table.purpose} = 'media' then ${isLeft} else ${this.#isNobodys()} end`;
  }

  /** A generation that has not ended is paid by it. */
  #isMaking(): SQL {
    return sql`exists (select from relayer.generations g where g.operator = ${table.operator}
      and g.payment = ${table.nonce} and lower(g.account) = ${table.payer} and g.status in ('queued', 'in_progress'))`;
  }

  #is({ payer, nonce }: PaymentKey) {
    return and(eq(table.operator, this.#operator), eq(table.payer, lower(payer)), eq(table.nonce, nonce));
  }
}

/** That it was not brought for something else. @throws PaymentDiffersError */
function requireSame(before: PaymentRow | undefined, { purpose, request, header }: Draft): void {
  if (before === undefined) return;
  if (before.purpose !== purpose || before.request !== request || before.header !== header) {
    throw new PaymentDiffersError();
  }
}

/** That it was not sent, and refused by the chain, as often as it may be. @throws PaymentProblem */
function requireTriable(before: PaymentRow | undefined): void {
  if ((before?.reverts ?? 0) >= MOST_REVERTS) {
    throw new PaymentProblem("invalid_exact_evm_transaction_simulation_failed");
  }
}

function contextOf({ payer, nonce }: PaymentKey): string {
  return `${lower(payer)}:${nonce}`;
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}

function present<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("the payment was not stored");
  return row;
}
