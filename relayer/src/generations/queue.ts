import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Config } from "../config.ts";
import { aliveInstances } from "../metering/recovery.ts";
import { type Database, type Store, tables } from "../store/index.ts";
import { TooManyGenerationsError } from "./errors.ts";
import type { GenerationRow } from "./types.ts";

const { generations, turns } = tables;

/** `t` is the tab of the generation `q`: whether its exposure lets work on it begin, as `rules.ts` decides it. */
const FITS = sql`(t.cumulative = t.signed and t.in_flight = t.queued_requests
  or t.held_key is not null and t.held_key = lower(t.session_key)
  or t.cumulative - t.signed + t.reserved - t.queued + (q.reservation ->> 'needed')::bigint <= t.exposure_limit)`;

type Limits = Pick<
  Config,
  "GENERATIONS_PER_ACCOUNT" | "GENERATIONS_WAITING_PER_ACCOUNT" | "GENERATION_CANCELS_PER_HOUR"
>;

/**
 * Which ones are ended: any without a file; only one that waits; only one that this process works on, without a file; or
 * one of these with a file that cannot be charged.
 */
export type Endable = "open" | "queued" | "own" | "unchargeable";

export type QueueOptions = { store: Store; operator: Address; instance: string; limits: Limits };

/**
 * The queue: this operator's rows of `generations`, taken in turn by any of its processes on the database.
 *
 * It is no queue library's, because the job is the record that its owner sees and the books are kept by; its turn
 * depends on whose work began longest ago, over requesters, and on what a tab may have unsigned; and it ends in one
 * transaction with its status, its pass and its file. A library's own table beside it would have to be kept in step.
 */
export class Queue {
  readonly #store: Store;
  readonly #operator: Address;
  readonly #instance: string;
  readonly #limits: Limits;
  /** Serializes what must be counted before it is written, over all processes. */
  readonly #lock: SQL;
  /** What goes before what, of `q` with its turn `u`: what is paid or under a pass; what nobody pays; who cancels late. */
  readonly #rank: SQL;

  constructor({ store, operator, instance, limits }: QueueOptions) {
    this.#store = store;
    this.#operator = operator;
    this.#instance = instance;
    this.#limits = limits;
    this.#lock = sql`select pg_advisory_xact_lock(hashtext(${`stelai relayer generations ${operator}`}))`;
    this.#rank = sql`case
      when u.cancels >= ${limits.GENERATION_CANCELS_PER_HOUR} and u.cancels_since > now() - interval '1 hour' then 2
      when q.reservation is null and q.pass is null and q.payment is null then 1 else 0 end`;
  }

  /** @throws TooManyGenerationsError */
  async requireRoom(requester: string, db: Database = this.#store.db): Promise<void> {
    const waiting = await db.$count(
      generations,
      and(this.#isHere(), eq(generations.requester, requester), eq(generations.status, "queued")),
    );
    const limit = this.#limits.GENERATIONS_WAITING_PER_ACCOUNT;
    if (waiting >= limit) throw new TooManyGenerationsError(limit);
  }

  /**
   * Queues one, if there is room and what is held for it still is.
   * @throws TooManyGenerationsError
   */
  async add(
    row: Omit<typeof generations.$inferInsert, "operator" | "createdAt" | "runAfter">,
    requireHeld: (tx: Database) => Promise<void>,
  ): Promise<GenerationRow> {
    return this.#store.transaction(async (tx) => {
      await tx.execute(this.#lock);
      await this.requireRoom(row.requester, tx);
      await requireHeld(tx);
      const now = sql`clock_timestamp()`;
      const [added] = await tx
        .insert(generations)
        .values({ ...row, operator: this.#operator, createdAt: now, runAfter: now })
        .returning();
      if (added === undefined) throw new Error("a generation was not stored");
      return added;
    });
  }

  /**
   * Takes the next one to work on: of the requester whose work began longest ago, or never; of theirs the oldest. What
   * nobody pays comes after what is paid or under a pass, and who cancelled too much that had begun after everyone. Who
   * has as many worked on as may be, and whose tab must sign first, is passed over.
   */
  async take(): Promise<GenerationRow | undefined> {
    return this.#store.transaction(async (tx) => {
      // One after the other, or two processes would each see one place left of the same requester.
      await tx.execute(this.#lock);
      const found = await tx.execute(sql`
        select q.id from relayer.generations q
        left join relayer.tabs t on t.operator = q.operator and t.tab_id = q.tab_id
        left join relayer.turns u on u.operator = q.operator and u.requester = q.requester
        where q.operator = ${this.#operator} and q.status = 'queued' and q.run_after <= clock_timestamp()
          and (t.tab_id is null or ${FITS})
          and (select count(*) from relayer.generations r
            where r.operator = q.operator and r.requester = q.requester and r.status = 'in_progress')
            < ${this.#limits.GENERATIONS_PER_ACCOUNT}
        order by ${this.#rank}, u.began_at asc nulls first, q.created_at, q.id
        limit 1 for update of q skip locked`);
      const [next] = rowsOf<{ id: string }>(found);
      if (next === undefined) return undefined;
      const [row] = await tx
        .update(generations)
        .set({
          ...{ status: "in_progress", waitsFor: null, progress: 0, instance: this.#instance },
          attempts: sql`${generations.attempts} + 1`,
          startedAt: sql`clock_timestamp()`,
        })
        .where(eq(generations.id, next.id))
        .returning();
      // What its owner deletes took its turn all the same.
      if (row !== undefined) {
        const beganAt = sql`clock_timestamp()`;
        await tx
          .insert(turns)
          .values({ operator: this.#operator, requester: row.requester, beganAt })
          .onConflictDoUpdate({ target: [turns.operator, turns.requester], set: { beganAt } });
      }
      return row;
    });
  }

  /** Says of all that wait what they wait for. @returns those that it changed for. */
  async tellWhatFor(): Promise<string[]> {
    const changed = await this.#store.db.execute(sql`
      with waiting as (
        select q.id, case when ${FITS} or t.cumulative = t.signed then 'turn' else 'voucher' end as cause
        from relayer.generations q join relayer.tabs t on t.operator = q.operator and t.tab_id = q.tab_id
        where q.operator = ${this.#operator} and q.status = 'queued'
      )
      update relayer.generations g set waits_for = waiting.cause from waiting
      where g.id = waiting.id and g.status = 'queued' and g.waits_for is distinct from waiting.cause returning g.id`);
    return rowsOf<{ id: string }>(changed).map(({ id }) => id);
  }

  /**
   * Puts one that this process works on back to its place, and not before so many seconds.
   * @param isCounted Whether what was done counts as a try.
   * @returns whether it was still this process's, with no file yet.
   */
  async putBack(id: string, { seconds = 0, isCounted = true, waitsFor = "turn" as "turn" | "voucher" } = {}) {
    return this.#own(id, {
      ...{ status: "queued", waitsFor, progress: 0, instance: null },
      attempts: isCounted ? generations.attempts : sql`greatest(0, ${generations.attempts} - 1)`,
      runAfter: sql`now() + make_interval(secs => ${seconds})`,
    });
  }

  /** @returns whether it is still this process's, with no file yet. */
  async progress(id: string, percent: number): Promise<boolean> {
    return this.#own(id, { progress: percent });
  }

  /** Names the file: from then on it can only be charged. @returns whether it was still this process's. */
  async file(id: string, made: Pick<GenerationRow, "fileKey" | "file" | "preview">): Promise<boolean> {
    return this.#own(id, { ...made, progress: 99 });
  }

  async complete(id: string): Promise<GenerationRow | undefined> {
    const [row] = await this.#store.db
      .update(generations)
      .set({ status: "completed", progress: 100, instance: null, reservation: null, endedAt: sql`clock_timestamp()` })
      .where(and(eq(generations.id, id), eq(generations.status, "in_progress")))
      .returning();
    return row;
  }

  /**
   * Ends one without a charge. @returns it as it was before; undefined when it is none of those that may be ended.
   * @param along What is written with it, or not at all.
   */
  async end(
    id: string,
    how: { status: "failed" | "cancelled"; errorCode: string | null; errorMessage: string | null },
    along: (tx: Database, before: GenerationRow) => Promise<void>,
    of: Endable = "open",
  ): Promise<GenerationRow | undefined> {
    return this.#store.transaction(async (tx) => {
      const [before] = await tx
        .select()
        .from(generations)
        .where(and(this.#isHere(), eq(generations.id, id)))
        .for("update");
      if (before === undefined || !isOpen(before) || (before.file !== null && of !== "unchargeable")) return undefined;
      if (of === "queued" && before.status !== "queued") return undefined;
      if ((of === "own" || of === "unchargeable") && before.instance !== this.#instance) return undefined;
      const over = {
        ...{ waitsFor: null, instance: null, reservation: null, endedAt: sql`clock_timestamp()` },
        ...{ fileKey: null, file: null, preview: null },
      };
      await tx
        .update(generations)
        .set({ ...how, ...over })
        .where(eq(generations.id, id));
      if (how.status === "cancelled" && isBegun(before)) await this.#countCancel(tx, before.requester);
      await along(tx, before);
      return before;
    });
  }

  /** Of these, the ones that are not this process's to work on any more. */
  async lostOf(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const own = await this.#store.db
      .select({ id: generations.id })
      .from(generations)
      .where(and(inArray(generations.id, [...ids]), this.#isOwn()));
    const kept = new Set(own.map(({ id }) => id));
    return ids.filter((id) => !kept.has(id));
  }

  /**
   * Takes over what dead processes worked on, and what this one forgot. Not while this process takes others.
   * @param running What this one works on, asked after it was looked.
   */
  async takeOver(running: () => ReadonlySet<string>): Promise<GenerationRow[]> {
    const left = await this.#store.db
      .select()
      .from(generations)
      .where(
        and(
          this.#isHere(),
          eq(generations.status, "in_progress"),
          sql`(${generations.instance} = ${this.#instance} or ${generations.instance} is null
            or ${generations.instance} not in (${aliveInstances(this.#store, this.#instance)}))`,
        ),
      );
    const taken: GenerationRow[] = [];
    const own = running();
    for (const { id, instance } of left.filter((row) => !own.has(row.id))) {
      const [row] = await this.#store.db
        .update(generations)
        .set({ instance: this.#instance })
        .where(
          and(
            eq(generations.id, id),
            eq(generations.status, "in_progress"),
            instance === null ? isNull(generations.instance) : eq(generations.instance, instance),
          ),
        )
        .returning();
      if (row !== undefined) taken.push(row);
    }
    return taken;
  }

  /** What has waited for longer than it may. */
  async overdue(seconds: number): Promise<GenerationRow[]> {
    return this.#store.db
      .select()
      .from(generations)
      .where(
        and(
          this.#isHere(),
          eq(generations.status, "queued"),
          sql`${generations.createdAt} < now() - make_interval(secs => ${seconds})`,
        ),
      );
  }

  /** How many wait, by what for. */
  async waiting(): Promise<{ turn: number; voucher: number }> {
    const rows = await this.#store.db
      .select({ waitsFor: generations.waitsFor, count: sql<string>`count(*)` })
      .from(generations)
      .where(and(this.#isHere(), eq(generations.status, "queued")))
      .groupBy(generations.waitsFor);
    const voucher = Number(rows.find(({ waitsFor }) => waitsFor === "voucher")?.count ?? 0);
    return { voucher, turn: rows.reduce((sum, { count }) => sum + Number(count), 0) - voucher };
  }

  /**
   * How many come before one that waits: all of who goes before its requester, as what is paid does before what nobody
   * pays; of the others as many rounds as it has of its own before it, and in each round one of every requester who has
   * another one, in the order in which their work began.
   */
  async ahead(row: GenerationRow): Promise<number> {
    const { id, requester } = row;
    const { rows } = (await this.#store.db.execute(sql`
      with lines as (
        select q.requester, count(*) as waiting, min(q.created_at) as oldest, count(*) filter (where
          (q.created_at, q.id) < (select m.created_at, m.id from relayer.generations m where m.id = ${id})) as before,
          min(u.began_at) as began, min(${this.#rank}) as rank
        from relayer.generations q left join relayer.turns u on u.operator = q.operator and u.requester = q.requester
        where q.operator = ${this.#operator} and q.status = 'queued' group by q.requester
      ), mine as (select * from lines where requester = ${requester})
      select mine.before + coalesce(sum(case when l.rank < mine.rank then l.waiting when l.rank > mine.rank then 0
        else least(l.waiting, mine.before + case
          when (coalesce(l.began, '-infinity'), l.oldest) < (coalesce(mine.began, '-infinity'), mine.oldest)
          then 1 else 0 end) end), 0) as ahead
      from mine left join lines l on l.requester <> mine.requester group by mine.before`)) as unknown as {
      rows: { ahead: string | number }[];
    };
    return Number(rows[0]?.ahead ?? 0);
  }

  async #own(id: string, values: Partial<Record<keyof GenerationRow, unknown>>): Promise<boolean> {
    const written = await this.#store.db
      .update(generations)
      .set(values as Partial<typeof generations.$inferInsert>)
      .where(and(eq(generations.id, id), this.#isOwn()))
      .returning({ id: generations.id });
    return written.length > 0;
  }

  /** Forgets turns that were taken more than a day ago. */
  async pruneTurns(): Promise<void> {
    await this.#store.db.execute(sql`
      delete from relayer.turns where operator = ${this.#operator}
        and greatest(began_at, cancels_since) < now() - interval '1 day'`);
  }

  /** Counts one that was cancelled after work on it had begun. */
  async #countCancel(tx: Database, requester: string): Promise<void> {
    await tx.execute(sql`
      insert into relayer.turns as u (operator, requester, cancels, cancels_since)
      values (${this.#operator}, ${requester}, 1, now())
      on conflict (operator, requester) do update set
        cancels = case when u.cancels_since > now() - interval '1 hour' then u.cancels + 1 else 1 end,
        cancels_since = case when u.cancels_since > now() - interval '1 hour' then u.cancels_since else now() end`);
  }

  #isHere(): SQL {
    return eq(generations.operator, this.#operator);
  }

  #isOwn(): SQL | undefined {
    const { status, instance, file } = generations;
    return and(eq(status, "in_progress"), eq(instance, this.#instance), isNull(file));
  }
}

/** Whether it has not ended. */
export function isOpen({ status }: Pick<GenerationRow, "status">): boolean {
  return status === "queued" || status === "in_progress";
}

/** Whether something was computed for it already. */
export function isBegun({ status, attempts }: Pick<GenerationRow, "status" | "attempts">): boolean {
  return status === "in_progress" || attempts > 0;
}

/** Both drivers give rows alike. */
function rowsOf<T>(result: unknown): T[] {
  return (result as { rows: T[] }).rows;
}
