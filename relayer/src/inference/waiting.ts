import { UnavailableError } from "../errors.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import { VoucherRequiredError } from "../metering/errors.ts";
import type { Services } from "../services.ts";
import {
  GenerationEndedError,
  GenerationFailedError,
  GenerationGoesOnError,
  GenerationNotFoundError,
} from "./generationErrors.ts";

/** How long one look lasts, and how long where a voucher is to come. */
const LOOK_MS = 60_000;
const VOUCHER_LOOK_MS = 1_000;
/** How many looks a voucher may take that is on its way while its client waits for the next answer. */
const LOOKS_FOR_VOUCHER = 3;

type Needs = Pick<Services, "metering" | "runs"> & { generations: Generations };

/** Whether nothing will change of it any more. */
export function hasEnded({ status }: Pick<GenerationRow, "status">): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** Clients that wait for what they asked for, with their connection open. */
export class Waiting {
  readonly #services: Needs;
  readonly #waiters = new Map<string, number>();

  constructor(services: Needs) {
    this.#services = services;
  }

  /**
   * Waits until a generation is there. When the last who waits for it goes away, it is cancelled.
   * @returns undefined when the client went away.
   * @throws GenerationFailedError, GenerationEndedError when it was cancelled, GenerationNotFoundError when it was
   * deleted, VoucherRequiredError when it cannot go on before a voucher that does not come, UnavailableError when this
   * process stops before its turn came: in all of them nothing is charged.
   */
  until(row: GenerationRow, onDisconnect: (callback: () => void) => void): Promise<GenerationRow | undefined> {
    return this.#services.runs.track(this.#until(row, onDisconnect));
  }

  async #until(row: GenerationRow, onDisconnect: (callback: () => void) => void): Promise<GenerationRow | undefined> {
    const { generations, runs } = this.#services;
    const gone = new AbortController();
    onDisconnect(() => gone.abort(new DOMException("The client went away.", "AbortError")));
    this.#waiters.set(row.id, (this.#waiters.get(row.id) ?? 0) + 1);
    let isCounted = true;
    /** @returns whether nobody waits for it any more. */
    const leave = () => {
      if (!isCounted) return false;
      isCounted = false;
      const left = (this.#waiters.get(row.id) ?? 1) - 1;
      if (left > 0) this.#waiters.set(row.id, left);
      else this.#waiters.delete(row.id);
      return left === 0;
    };
    try {
      let looks = 0;
      for (let now = row; !hasEnded(now); ) {
        if (gone.signal.aborted) {
          if (leave()) await generations.cancel(row.id);
          return undefined;
        }
        if (runs.closed && now.status === "queued") {
          throw await this.#stopped(row.id);
        }
        looks = now.waitsFor === "voucher" ? looks + 1 : 0;
        if (looks > LOOKS_FOR_VOUCHER) await this.#requireVoucher(now);
        const { status, waitsFor } = now;
        const milliseconds = waitsFor === "voucher" ? VOUCHER_LOOK_MS : LOOK_MS;
        // What was begun may end while the process stops; what waits for its turn is let go.
        const signal = runs.closed ? gone.signal : AbortSignal.any([gone.signal, runs.closing]);
        const next = await generations.wait(row.id, milliseconds, signal, { status, waitsFor });
        if (next === undefined) throw new GenerationNotFoundError();
        now = next;
        if (!hasEnded(now)) continue;
        if (now.status === "failed") throw new GenerationFailedError(now);
        if (now.status === "cancelled") throw new GenerationEndedError(now.status);
        return now;
      }
      return row;
    } finally {
      leave();
    }
  }

  /** What to tell who waits for one whose turn does not come any more here. */
  async #stopped(id: string): Promise<Error> {
    const ended = await this.#services.generations.cancel(id);
    if (ended === undefined) return new GenerationNotFoundError();
    if (ended.status === "failed") return new GenerationFailedError(ended);
    // It was begun elsewhere before it could be cancelled.
    if (ended.status !== "cancelled") return new GenerationGoesOnError(id);
    return new UnavailableError("This relayer is stopping. Nothing was charged; send it again.");
  }

  /** Who waits for the answer to this cannot be waiting to sign for another one: it is told to, and sends this again. */
  async #requireVoucher({ id, tabId }: GenerationRow): Promise<void> {
    const { metering, generations } = this.#services;
    const tab = tabId === null ? undefined : await metering.tabs.find(tabId);
    if (tab === undefined || tab.signed >= tab.cumulative || tab.inFlight > tab.queuedRequests) return;
    const ended = await generations.cancel(id);
    if (ended?.status === "cancelled") throw new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
  }
}
