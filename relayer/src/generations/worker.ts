import type { Config } from "../config.ts";
import { toHttpError, UnavailableError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { VoucherRequiredError } from "../metering/errors.ts";
import type { Metering } from "../metering/index.ts";
import { ReservationLostError } from "../metering/ledger.ts";
import type { Reservation } from "../metering/requests.ts";
import type { Metrics } from "../metrics.ts";
import { ProviderError, UpstreamStatusError } from "../providers/errors.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { PaymentProblem } from "../x402/errors.ts";
import type { Changes } from "./changes.ts";
import {
  GenerationLostError,
  InterruptedError,
  mayPass,
  StoppingError,
  TryTimeoutError,
  told,
  UnpaidError,
} from "./errors.ts";
import type { Made, Maker } from "./maker.ts";
import type { Queue } from "./queue.ts";
import { costOf, paymentOf, reservationOf } from "./rows.ts";
import type { GenerationRow, QueuedPayments } from "./types.ts";

/** How often it looks for what other processes queued, and for what may be tried again. */
const LOOK_MS = 1_000;
/** How often progress is written, at most. */
const PROGRESS_MS = 500;
/** Seconds before the second try, and how many times as long before each further one. */
const RETRY_SECONDS = 2;
const RETRY_FACTOR = 4;
const LONGEST_RETRY_SECONDS = 120;

export type WorkerOptions = {
  config: Pick<Config, "GENERATIONS_AT_ONCE" | "GENERATION_ATTEMPTS" | "GENERATION_TIMEOUT_SECONDS">;
  queue: Queue;
  maker: Maker;
  metering: Pick<Metering, "start" | "pause" | "charge" | "meteredOf">;
  /** Undefined where the operator takes none. */
  payments: Pick<QueuedPayments, "settle" | "require"> | undefined;
  changes: Changes;
  /** That who pays by a tab still does: a budget key may have been revoked since. @throws InvalidApiKeyError */
  requirePayer: (reservation: Reservation) => Promise<void>;
  /** Ends one that is this process's, without a charge; `unchargeable` with its file. */
  fail: (row: GenerationRow, error: unknown, of?: "unchargeable") => Promise<void>;
  log: Logger;
  metrics: Metrics;
};

/** Where none are taken: it is taken up again by a process that takes them. */
const NO_PAYMENTS: Pick<QueuedPayments, "settle" | "require"> = {
  settle: async () => {
    throw new UnavailableError("This operator takes no single payments now.");
  },
  require: async () => {
    throw new UnavailableError("This operator takes no single payments now.");
  },
};

type Job = { abort: AbortController; done: Promise<void>; progress: number; written: number };

/** Works on what waits, as many at a time as this process may. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #rounds: Rounds;
  #beat: NodeJS.Timeout | undefined;
  #isStopping = false;
  #isTakingOver = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#rounds = createRounds({
      round: () => this.#round(),
      intervalMs: LOOK_MS,
      onError: (error) =>
        options.log.error({ error }, "the queue of generations could not be looked at; it is repeated"),
    });
  }

  start(): void {
    if (this.#options.config.GENERATIONS_AT_ONCE > 0) this.#rounds.start(0);
    this.#beat = setInterval(() => {
      this.#report().catch((error: unknown) => this.#options.log.warn({ error }, "progress could not be written"));
    }, PROGRESS_MS);
    this.#beat.unref();
  }

  nudge(): void {
    if (this.#beat !== undefined && this.#options.config.GENERATIONS_AT_ONCE > 0) this.#rounds.nudge();
  }

  /** Ends the work on one, if this process is at it. */
  abort(id: string, reason: Error): void {
    this.#jobs.get(id)?.abort.abort(reason);
  }

  /** Begins no more, and gives what runs back to the queue; what has its file is charged first. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#rounds.stop();
    for (const { abort } of this.#jobs.values()) abort.abort(new StoppingError());
    await Promise.all([...this.#jobs.values()].map(({ done }) => done));
    clearInterval(this.#beat);
  }

  /** Takes over what dead processes left, and what this one forgot; never while it takes what waits. */
  async tend(): Promise<void> {
    this.#isTakingOver = true;
    await this.#rounds.work();
  }

  async #round(): Promise<void> {
    if (this.#isTakingOver && !this.#isStopping) {
      const left = await this.#options.queue.takeOver(() => new Set(this.#jobs.keys()));
      for (const row of left) await this.#resume(row);
      this.#isTakingOver = false;
    }
    if (this.#beat !== undefined && this.#options.config.GENERATIONS_AT_ONCE > 0) await this.#fill();
  }

  /** Goes on with what a process left that died: what has a file is charged, the rest waits for another try. */
  async #resume(row: GenerationRow): Promise<void> {
    const { config, log, fail } = this.#options;
    if (row.file !== null) return this.#begin(row, () => this.#conclude(row));
    log.warn({ generation: row.id, attempt: row.attempts }, "a process died at a generation");
    if (row.attempts >= config.GENERATION_ATTEMPTS) return fail(row, new InterruptedError());
    await this.#putBack(row, retrySeconds(row.attempts));
  }

  async #fill(): Promise<void> {
    const { queue, config, changes } = this.#options;
    while (!this.#isStopping && this.#jobs.size < config.GENERATIONS_AT_ONCE) {
      const row = await queue.take();
      if (row === undefined) break;
      changes.tell(row.id);
      this.#begin(row, (job) => this.#work(row, job));
    }
    for (const id of await queue.tellWhatFor()) changes.tell(id);
  }

  #begin(row: GenerationRow, work: (job: Job) => Promise<void>): void {
    const { log, metrics } = this.#options;
    const job: Job = { abort: new AbortController(), done: Promise.resolve(), progress: 0, written: 0 };
    this.#jobs.set(row.id, job);
    metrics.generationsRunning.set(this.#jobs.size);
    if (this.#isStopping) job.abort.abort(new StoppingError());
    job.done = work(job)
      .catch((error: unknown) => {
        // The database is out of reach: the row still says where it stands, and is taken up again.
        log.error({ generation: row.id, error }, "a generation could not be brought to its end; it is taken up again");
      })
      .finally(() => {
        this.#jobs.delete(row.id);
        metrics.generationsRunning.set(this.#jobs.size);
        if (!this.#isStopping) this.nudge();
      });
  }

  async #work(row: GenerationRow, job: Job): Promise<void> {
    const { queue, maker, metering, payments = NO_PAYMENTS, requirePayer, config } = this.#options;
    const { signal } = job.abort;
    const seconds = config.GENERATION_TIMEOUT_SECONDS;
    const timer = setTimeout(() => job.abort.abort(new TryTimeoutError(row.engine.name, seconds)), seconds * 1_000);
    let made: Made;
    try {
      const reservation = reservationOf(row);
      if (reservation !== undefined) {
        await requirePayer(reservation);
        await metering.start(reservation);
      }
      const payment = paymentOf(row);
      if (payment !== undefined) await payments.require(payment);
      made = await maker.make(row, signal, (done) => {
        job.progress = Math.max(job.progress, Math.min(98, Math.floor(done * 100)));
      });
    } catch (error) {
      return this.#stumble(row, signal.aborted ? signal.reason : error);
    } finally {
      clearTimeout(timer);
    }
    if (!(await queue.file(row.id, made))) return maker.discard(made);
    await maker.count(row, made);
    await this.#conclude({ ...row, ...made });
  }

  /** What has its file is charged, once, and is complete; whatever happens before that is repeated. */
  async #conclude(row: GenerationRow): Promise<void> {
    const { queue, changes, log } = this.#options;
    if (!(await this.#charge(row))) return;
    const done = await queue.complete(row.id);
    changes.tell(row.id);
    observe(this.#options, row, "completed");
    log.info(
      { generation: row.id, modality: row.modality, attempt: row.attempts, bytes: done?.file?.bytes },
      "a generation is complete",
    );
  }

  /** @returns whether nothing is left to be charged; else it has failed, and its file is gone. */
  async #charge(row: GenerationRow): Promise<boolean> {
    const { metering, metrics, log, fail } = this.#options;
    const payment = paymentOf(row);
    if (payment !== undefined) return this.#settle(row, payment);
    const reservation = reservationOf(row);
    if (reservation === undefined || row.file === null) return true;
    const isCharged = async () => (await metering.meteredOf(reservation.tabId, reservation.id)) !== undefined;
    if (await isCharged()) return true;
    try {
      const cost = costOf(row, row.file);
      await metering.charge({ reservation, ...cost, response: row.file.contentHash, error: undefined });
      metrics.charged.inc(Number(cost.amount + cost.fee));
      return true;
    } catch (error) {
      // Anything else passes: it is charged when it is taken up again.
      if (!(error instanceof ReservationLostError || error instanceof RangeError)) throw error;
      if (await isCharged()) return true;
      log.error({ generation: row.id, error }, "a generation cannot be charged; its file is let go of");
      await fail(row, error instanceof ReservationLostError ? new InterruptedError() : error, "unchargeable");
      return false;
    }
  }

  /** @returns whether the single payment was charged, in full; else it has failed, and its file is gone. */
  async #settle(row: GenerationRow, payment: NonNullable<ReturnType<typeof paymentOf>>): Promise<boolean> {
    const { payments = NO_PAYMENTS, log, fail } = this.#options;
    try {
      await payments.settle(payment);
      return true;
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      log.warn(
        { generation: row.id, reason: error.reason },
        "the payment of a generation was refused; its file is let go of",
      );
      await fail(row, new UnpaidError(error.message, "finished"), "unchargeable");
      return false;
    }
  }

  async #stumble(row: GenerationRow, error: unknown): Promise<void> {
    const { config, log, fail } = this.#options;
    // It has ended, or is another process's.
    if (error instanceof GenerationLostError) return;
    if (error instanceof StoppingError) return this.#putBack(row, 0, { isCounted: false });
    if (error instanceof VoucherRequiredError) {
      return this.#putBack(row, 1, { isCounted: false, waitsFor: "voucher" });
    }
    const failure = failureAs(error);
    const { id, modality, attempts } = row;
    const detail = error instanceof ProviderError ? { code: error.code, detail: error.detail } : { error };
    const isLost = error instanceof ReservationLostError || error instanceof PaymentProblem;
    const isOver = isLost || !mayPass(error) || attempts >= config.GENERATION_ATTEMPTS;
    log.warn({ generation: id, modality, attempt: attempts, isOver, ...detail }, "a try at a generation failed");
    if (isOver) return fail(row, failure);
    const wish = error instanceof UpstreamStatusError ? (error.retryAfterSeconds ?? 0) : 0;
    await this.#putBack(row, Math.min(LONGEST_RETRY_SECONDS, Math.max(wish, retrySeconds(attempts))));
  }

  /** Back to its place, where it is no exposure. */
  async #putBack(row: GenerationRow, seconds: number, how: Parameters<Queue["putBack"]>[1] = {}): Promise<void> {
    const { queue, metering, changes, fail } = this.#options;
    const reservation = reservationOf(row);
    // Another process may work on it by now, and what is held for it runs.
    if ((await queue.lostOf([row.id])).length > 0) return;
    try {
      if (reservation !== undefined) await metering.pause(reservation);
    } catch (error) {
      if (!(error instanceof ReservationLostError)) throw error;
      return fail(row, new InterruptedError());
    }
    await queue.putBack(row.id, { seconds, ...how });
    changes.tell(row.id);
  }

  async #report(): Promise<void> {
    const { queue, changes } = this.#options;
    const quiet: string[] = [];
    for (const [id, job] of this.#jobs) {
      if (job.progress === job.written) {
        quiet.push(id);
        continue;
      }
      job.written = job.progress;
      if (await queue.progress(id, job.progress)) changes.tell(id);
      else quiet.push(id);
    }
    // What another process cancelled is worked on in vain. One that has its file is not cancelled, and ends by itself.
    for (const id of await queue.lostOf(quiet)) this.abort(id, new GenerationLostError());
  }
}

/** A failure as its owner is told of it. */
function failureAs(error: unknown): unknown {
  if (error instanceof ReservationLostError) return new InterruptedError();
  if (error instanceof PaymentProblem) return new UnpaidError(error.message, "begun");
  return told(error);
}

function retrySeconds(attempts: number): number {
  return RETRY_SECONDS * RETRY_FACTOR ** (attempts - 1);
}

/** Counts how long one was worked on, by how that ended. */
export function observe(
  { metrics }: { metrics: Metrics },
  { modality, startedAt }: Pick<GenerationRow, "modality" | "startedAt">,
  outcome: "completed" | "failed" | "cancelled",
): void {
  const seconds = startedAt === null ? 0 : (Date.now() - startedAt.getTime()) / 1_000;
  metrics.generations.observe({ modality, outcome }, Math.max(0, seconds));
}

/** A failure as a row says it. */
export function failureOf(error: unknown): { code: string; message: string } {
  const { code, message } = toHttpError(error).body.error;
  return { code, message };
}
