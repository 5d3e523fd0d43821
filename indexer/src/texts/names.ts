import { profileNamesSchema } from "@stelai/sdk/wire";
import type { Address } from "viem";
import { cleanString, oneLine } from "./clean.ts";
import { readBounded } from "./gateway.ts";

export type NameStoreOptions = {
  /** The operator's relayer; undefined: nobody has a name. */
  relayerUrl: string | undefined;
  /** Called when an account goes by another name. */
  changed: (address: Address) => void;
  /** Milliseconds: between asking and a request for all that was asked meanwhile, after a failure, and until a name is asked for anew. */
  waits?: { gather: number; failed: number; refresh: number };
};

/** What the relayer answers for at once. */
const AT_ONCE = 100;
const MAX_BYTES = 262_144;
const MAX_NAME = 80;
const TIMEOUT_MS = 10_000;
const WAITS = { gather: 100, failed: 15_000, refresh: 300_000 };

/** Names that accounts chose with the operator, asked for in batches beside whatever shows them. */
export class NameStore {
  readonly #options: Required<NameStoreOptions>;
  readonly #names = new Map<Address, { name: string | null; askedAt: number }>();
  readonly #asked = new Set<Address>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: NameStoreOptions) {
    this.#options = { waits: WAITS, ...options };
  }

  /** The name as far as it is known. Asking for one that is new, or was asked for long ago, has it fetched. */
  get(address: Address): string | null {
    if (this.#options.relayerUrl === undefined) return null;
    const key = address.toLowerCase() as Address;
    const known = this.#names.get(key);
    if (!known || Date.now() - known.askedAt > this.#options.waits.refresh) {
      this.#asked.add(key);
      this.#schedule(this.#options.waits.gather);
    }
    return known?.name ?? null;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(wait: number): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      void this.#fetch().then(
        (isDone) => this.#again(isDone ? this.#options.waits.gather : this.#options.waits.failed),
        () => this.#again(this.#options.waits.failed),
      );
    }, wait);
    this.#timer.unref();
  }

  #again(wait: number): void {
    this.#timer = undefined;
    if (this.#asked.size > 0) this.#schedule(wait);
  }

  /** Whether the relayer answered. */
  async #fetch(): Promise<boolean> {
    const addresses = [...this.#asked].slice(0, AT_ONCE);
    const response = await fetch(`${this.#options.relayerUrl}/v1/profiles?addresses=${addresses.join(",")}`, {
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = new TextDecoder().decode(await readBounded(response, MAX_BYTES));
    const { profiles } = profileNamesSchema.parse(JSON.parse(text));
    const named = new Map(profiles.map(({ address, name }) => [address.toLowerCase(), name]));
    for (const address of addresses) {
      const name = oneLine(cleanString(named.get(address) ?? "")).slice(0, MAX_NAME) || null;
      const before = this.#names.get(address)?.name ?? null;
      this.#names.set(address, { name, askedAt: Date.now() });
      this.#asked.delete(address);
      if (name !== before) this.#options.changed(address);
    }
    return true;
  }
}
