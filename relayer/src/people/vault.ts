import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from "node:crypto";
import { type Hex, hexToBytes } from "viem";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes for nonces, drawn many at a time: asking for them costs as much as encrypting. */
const drawn = Buffer.alloc(NONCE_BYTES * 256);
let used = drawn.length;

/** A text at rest: which master key it is under, the nonce, and ciphertext with its tag. */
export type Sealed = { keyId: string; nonce: Uint8Array; ciphertext: Uint8Array };

/** Thrown when a record cannot be opened: its master key is gone, or it was changed or moved. */
export class VaultError extends Error {
  override readonly name = "VaultError";
}

/**
 * Encryption at rest: AES-256-GCM under keys that HKDF-SHA256 derives from the master key, one for each purpose
 * (RFC 5869). A record names its master key by `keyId`, so that a new one can be put in front of the old ones.
 */
export class Vault {
  readonly #current: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;

  /** @param masterKeys 32 bytes each; the first encrypts, every one decrypts. */
  constructor(purpose: string, masterKeys: readonly [Hex, ...Hex[]]) {
    const derived = masterKeys.map(
      (masterKey) => [keyIdOf(masterKey), createSecretKey(derive(masterKey, purpose))] as const,
    );
    this.#current = keyIdOf(masterKeys[0]);
    this.#keys = new Map(derived);
  }

  /** @param context What the record belongs to; it opens only with the same. */
  seal(plaintext: string, context: string): Sealed {
    const nonce = nextNonce();
    const cipher = createCipheriv(ALGORITHM, this.#key(this.#current), nonce);
    cipher.setAAD(Buffer.from(context, "utf8"));
    const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return { keyId: this.#current, nonce, ciphertext };
  }

  /** @throws VaultError when the record is not what {@link seal} made for this context. */
  open(sealed: Sealed, context: string): string {
    const key = this.#key(sealed.keyId);
    const body = Buffer.from(sealed.ciphertext);
    try {
      const decipher = createDecipheriv(ALGORITHM, key, sealed.nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context, "utf8"));
      decipher.setAuthTag(body.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
    } catch (cause) {
      throw new VaultError("A record was changed, or does not belong here.", { cause });
    }
  }

  /** Names the master key that seals now: a record under another one is to be sealed anew. */
  get currentKeyId(): string {
    return this.#current;
  }

  /** The same text under the current master key. @throws VaultError as {@link open}. */
  reseal(sealed: Sealed, context: string): Sealed {
    return this.seal(this.open(sealed, context), context);
  }

  #key(keyId: string): KeyObject {
    const key = this.#keys.get(keyId);
    if (key === undefined) throw new VaultError(`The master key ${keyId} is not configured any more.`);
    return key;
  }
}

/** 12 random bytes that no other record got. */
function nextNonce(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return Buffer.from(drawn.subarray(used - NONCE_BYTES, used));
}

function derive(masterKey: Hex, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", hexToBytes(masterKey), "stelai relayer", purpose, 32));
}

/** Names a master key without telling anything about it. */
function keyIdOf(masterKey: Hex): string {
  return createHash("sha256").update(derive(masterKey, "key id")).digest("hex").slice(0, 16);
}
