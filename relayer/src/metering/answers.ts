import { sql } from "drizzle-orm";
import type { Hex } from "viem";
import type { Config } from "../config.ts";
import { Vault } from "../people/vault.ts";
import type { FinishReason } from "../providers/provider.ts";
import type { Store } from "../store/index.ts";

/** An answer as it is kept, so that a repeated request gets the same one. */
export type KeptAnswer = {
  text: string;
  finishReason: FinishReason | null;
  promptTokens: number;
  completionTokens: number;
  /** Unix seconds. */
  created: number;
  /** What broke it off, if something did. */
  error?: { code: string; message: string };
};

const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;

/** Encrypts answers at rest and forgets them in time. */
export class Answers {
  readonly #vault: Vault;
  readonly #store: Store;
  readonly #retention: number;

  constructor(store: Store, config: Pick<Config, "MASTER_KEY" | "PREVIOUS_MASTER_KEYS" | "ANSWER_RETENTION_SECONDS">) {
    this.#vault = new Vault("answers", [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
    this.#store = store;
    this.#retention = config.ANSWER_RETENTION_SECONDS;
  }

  /** It opens only for the same request of the same tab. */
  seal(tabId: bigint, id: Hex, answer: KeptAnswer): Uint8Array {
    return sealAnswer(this.#vault, context(tabId, id), answer);
  }

  /** @throws VaultError when it was changed or its master key is gone. */
  open(tabId: bigint, id: Hex, blob: Uint8Array): KeptAnswer {
    return unsealAnswer(this.#vault, context(tabId, id), blob);
  }

  /** Drops what is older than the retention; receipts stay. */
  async prune(): Promise<void> {
    await this.#store.db.execute(sql`
      update relayer.requests set answer = null
      where answer is not null and created_at < now() - make_interval(secs => ${this.#retention})`);
  }
}

/** An answer as one blob: the key's id, the nonce, the ciphertext; it opens only in the same context. */
export function sealAnswer(vault: Vault, context: string, answer: KeptAnswer): Uint8Array {
  const { keyId, nonce, ciphertext } = vault.seal(JSON.stringify(answer), context);
  return Buffer.concat([Buffer.from(keyId, "latin1"), nonce, ciphertext]);
}

/** @throws VaultError when it was changed or its master key is gone. */
export function unsealAnswer(vault: Vault, context: string, blob: Uint8Array): KeptAnswer {
  const bytes = Buffer.from(blob);
  const sealed = {
    keyId: bytes.toString("latin1", 0, KEY_ID_BYTES),
    nonce: bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES),
    ciphertext: bytes.subarray(KEY_ID_BYTES + NONCE_BYTES),
  };
  return JSON.parse(vault.open(sealed, context)) as KeptAnswer;
}

function context(tabId: bigint, id: Hex): string {
  return `${tabId}:${id}`;
}
