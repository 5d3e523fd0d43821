import { UnavailableError } from "./errors.ts";

/** How fast a body must come on average once it had its time to begin, in bytes a millisecond: 64 kbit/s. */
const SLOWEST = 8;
/** One network's share of the bodies that are still coming, and a number that it always may send at once. */
const SHARE = 4;
const ALWAYS_BODIES = 16;

/** Thrown when a process has as much to answer as it may: 503, to be sent again soon. */
export class OverloadedError extends UnavailableError {
  override readonly headers = { "Retry-After": "1" };
  constructor() {
    super("This relayer has as many requests to answer as it takes at a time. Nothing was charged; try again.");
  }
}

/** A request that is being answered. */
export type Entry = {
  /**
   * Its body begins to be read.
   * @param onLate Called once when it does not come fast enough.
   * @throws OverloadedError when its network sends as many at once as it may.
   */
  receive(onLate: () => void): Receiving;
  /** It is answered, or its client is gone: with it goes what was counted of its body. */
  leave(): void;
};

/** A body that is being read. */
export type Receiving = {
  /** So many bytes of it came. @throws OverloadedError when that is more than is held at a time. */
  came(bytes: number): void;
  /** It is whole, or is not read any further. */
  end(): void;
};

export type InFlightLimits = {
  requests: number;
  /** Bytes of bodies; one alone is taken however large it is. */
  bytes: number;
  /** How long a body may take to begin, and to go on, in milliseconds. */
  bodyTimeoutMs: number;
};

/**
 * Requests that a process is answering, until their last byte is out: so many, and bodies of so many bytes, at a time.
 * What counts is what came, not what was announced: who announces much and sends nothing takes nothing from others.
 */
export class InFlight {
  readonly #limits: InFlightLimits;
  readonly #waiting: (() => void)[] = [];
  /** Bodies that are coming, by network. */
  readonly #coming = new Map<string, number>();
  #requests = 0;
  #bytes = 0;

  constructor(limits: InFlightLimits) {
    this.#limits = limits;
  }

  get requests(): number {
    return this.#requests;
  }

  /** Bytes of bodies that came and are held. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Takes one more.
   * @param network Where it comes from.
   * @throws OverloadedError, before anything of its body is read.
   */
  enter(network: string, hasBody: boolean): Entry {
    const isFull = this.#requests >= this.#limits.requests;
    if (isFull || (hasBody && this.#bytes >= this.#limits.bytes)) throw new OverloadedError();
    this.#requests += 1;
    let isIn = true;
    let held = 0;
    const hold = (bytes: number) => {
      const others = this.#bytes - held;
      if (others > 0 && this.#bytes + bytes > this.#limits.bytes) throw new OverloadedError();
      // What comes after its client is gone is dropped.
      if (!isIn) return;
      held += bytes;
      this.#bytes += bytes;
    };
    return {
      receive: (onLate) => this.#receive(network, hold, onLate),
      leave: () => {
        if (!isIn) return;
        isIn = false;
        this.#requests -= 1;
        this.#bytes -= held;
        if (this.#requests === 0) for (const resolve of this.#waiting.splice(0)) resolve();
      },
    };
  }

  /** Resolves once nothing is being answered. */
  async idle(): Promise<void> {
    if (this.#requests > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #receive(network: string, hold: (bytes: number) => void, onLate: () => void): Receiving {
    const { requests, bodyTimeoutMs } = this.#limits;
    const coming = this.#coming.get(network) ?? 0;
    if (coming >= Math.max(ALWAYS_BODIES, requests / SHARE)) throw new OverloadedError();
    this.#coming.set(network, coming + 1);
    const began = performance.now();
    let size = 0;
    let isOver = false;
    let timer = setTimeout(onLate, bodyTimeoutMs);
    return {
      came: (bytes) => {
        hold(bytes);
        size += bytes;
        const left = began + bodyTimeoutMs + size / SLOWEST - performance.now();
        clearTimeout(timer);
        timer = setTimeout(onLate, Math.max(0, Math.min(bodyTimeoutMs, left)));
      },
      end: () => {
        clearTimeout(timer);
        if (isOver) return;
        isOver = true;
        const left = (this.#coming.get(network) ?? 1) - 1;
        if (left > 0) this.#coming.set(network, left);
        else this.#coming.delete(network);
      },
    };
  }
}
