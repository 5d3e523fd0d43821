import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type ContentStore, ContentStoreError, parseCid } from "../content/index.ts";
import { OpenedFiles } from "./opened.ts";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** How many bytes longer a stored file is than what it holds: nonce and tag. */
export const SEALED_FILE_BYTES = NONCE_BYTES + TAG_BYTES;
/** Of opened files, so much is kept at hand: a player asks for one in many ranges. */
const KEPT_BYTES = 67_108_864;

/** A new key for one generation's file and preview. */
export function newFileKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** Encrypts a file as it is stored: 12 bytes nonce, the ciphertext, 16 bytes tag. */
export function encryptFile(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws ContentStoreError when it is not what was encrypted under this key. */
export function decryptFile(key: Uint8Array, stored: Uint8Array): Uint8Array {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plaintext = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    // Gives no bytes in this mode; throws for what was not encrypted under this key.
    decipher.final();
    return plaintext;
  } catch (cause) {
    throw new ContentStoreError("A stored file is damaged.", { cause });
  }
}

/** Files under keys of their own in the content storage, which may be public: nobody reads them without the key. */
export class EncryptedFiles {
  readonly #content: ContentStore;
  readonly #opened: OpenedFiles;

  constructor(content: ContentStore, keptBytes = KEPT_BYTES) {
    this.#content = content;
    this.#opened = new OpenedFiles(keptBytes);
  }

  /** @returns the CID of what is stored. */
  async put(key: Uint8Array, bytes: Uint8Array): Promise<string> {
    return (await this.#content.add(encryptFile(key, bytes))).toString();
  }

  /**
   * The plaintext, which many may hold at a time: it is read, not written to.
   * @throws ContentStoreError when it is gone or damaged.
   */
  get(key: Uint8Array, cid: string): Promise<Uint8Array> {
    return this.#opened.get(cid, async () => {
      const parsed = parseCid(cid);
      const stored = parsed === undefined ? undefined : await this.#content.get(parsed);
      if (stored === undefined) throw new ContentStoreError("A stored file is gone.");
      return decryptFile(key, stored);
    });
  }

  async remove(cid: string): Promise<void> {
    this.#opened.forget(cid);
    const parsed = parseCid(cid);
    if (parsed !== undefined) await this.#content.remove(parsed);
  }
}
