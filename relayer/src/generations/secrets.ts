import type { Config } from "../config.ts";
import { Vault } from "../people/vault.ts";

const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;

/** What of a generation is encrypted in its row: the prompt, and the key of its file and preview. */
export class Secrets {
  readonly #vault: Vault;

  constructor(config: Pick<Config, "MASTER_KEY" | "PREVIOUS_MASTER_KEYS">) {
    this.#vault = new Vault("generations", [config.MASTER_KEY, ...config.PREVIOUS_MASTER_KEYS]);
  }

  /** One blob: the master key's id, the nonce, the ciphertext; it opens only for the same part of the same generation. */
  seal(id: string, part: "prompt" | "key", text: string): Uint8Array {
    const { keyId, nonce, ciphertext } = this.#vault.seal(text, `${id} ${part}`);
    return Buffer.concat([Buffer.from(keyId, "latin1"), nonce, ciphertext]);
  }

  /** What a blob begins with that is under the current master key. */
  get currentPrefix(): Uint8Array {
    return Buffer.from(this.#vault.currentKeyId, "latin1");
  }

  /** The same under the current master key. @throws VaultError as {@link open}. */
  reseal(id: string, part: "prompt" | "key", blob: Uint8Array): Uint8Array {
    return this.seal(id, part, this.open(id, part, blob));
  }

  /** @throws VaultError when it was changed or its master key is gone. */
  open(id: string, part: "prompt" | "key", blob: Uint8Array): string {
    const bytes = Buffer.from(blob);
    const sealed = {
      keyId: bytes.toString("latin1", 0, KEY_ID_BYTES),
      nonce: bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES),
      ciphertext: bytes.subarray(KEY_ID_BYTES + NONCE_BYTES),
    };
    return this.#vault.open(sealed, `${id} ${part}`);
  }
}
