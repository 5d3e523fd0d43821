import { UnavailableError } from "../errors.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import { VoucherRequiredError } from "../metering/errors.ts";
import type { Services } from "../services.ts";
import { GenerationEndedError, GenerationFailedError, GenerationNotFoundError } from "./generationErrors.ts";

/** How long one look lasts: what happened meanwhile without an end is seen then. */
const LOOK_MS = 1_000;
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
          await generations.cancel(row.id);
          throw new UnavailableError("This relayer is stopping. Nothing was charged; send it again.");
        }
        looks = now.waitsFor === "voucher" ? looks + 1 : 0;
        if (looks > LOOKS_FOR_VOUCHER) await this.#requireVoucher(now);
        const next = await generations.wait(row.id, LOOK_MS, gone.signal);
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

  /** Who waits for the answer to this cannot be waiting to sign for another one: it is told to, and sends this again. */
  async #requireVoucher({ id, tabId }: GenerationRow): Promise<void> {
    const { metering, generations } = this.#services;
    const tab = tabId === null ? undefined : await metering.tabs.find(tabId);
    if (tab === undefined || tab.signed >= tab.cumulative || tab.inFlight > tab.queuedRequests) return;
    const ended = await generations.cancel(id);
    if (ended?.status === "cancelled") throw new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
  }
}
