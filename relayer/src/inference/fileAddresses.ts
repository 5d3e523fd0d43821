import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { hexToBytes } from "viem";
import type { Config } from "../config.ts";
import { RelayerError } from "../errors.ts";

/** What of a generation an address leads to. */
export type FilePart = "content" | "preview";

/** 403: the signed address of a file was changed, or its time is over. */
export class InvalidAddressError extends RelayerError {
  readonly status = 403;
  readonly code = "invalid_address";
  override readonly type = "permission_error";
  constructor() {
    super("This address of a file is not good any more. Ask for the generation again: its urls are new ones.");
  }
}

/**
 * Addresses that whoever has them may fetch a file by, for a time: HMAC-SHA256 over generation, part and expiry, under a
 * key that HKDF-SHA256 (RFC 5869) derives from the master key.
 */
export class FileAddresses {
  readonly #base: string;
  readonly #seconds: number;
  readonly #keys: readonly [Buffer, ...Buffer[]];

  constructor(config: Pick<Config, "publicUrl" | "FILE_URL_SECONDS" | "MASTER_KEY" | "PREVIOUS_MASTER_KEYS">) {
    const derive = (masterKey: `0x${string}`) =>
      Buffer.from(hkdfSync("sha256", hexToBytes(masterKey), "stelai relayer", "file addresses", 32));
    this.#base = config.publicUrl;
    this.#seconds = config.FILE_URL_SECONDS;
    this.#keys = [derive(config.MASTER_KEY), ...config.PREVIOUS_MASTER_KEYS.map(derive)];
  }

  /**
   * Addresses of a generation's file and preview. They stay the same for a quarter of their time, so that a picture that
   * is drawn again is not fetched again.
   * @param now Real time in milliseconds.
   */
  of(id: string, now = Date.now()): { content: string; preview: string; expiresAt: number } {
    const pace = Math.max(1, Math.floor(this.#seconds / 4));
    const expiresAt = Math.floor(now / 1_000 / pace) * pace + this.#seconds;
    return {
      content: this.#address(id, "content", expiresAt),
      preview: this.#address(id, "preview", expiresAt),
      expiresAt,
    };
  }

  /**
   * Checks an address.
   * @returns seconds that it is still good for.
   * @throws InvalidAddressError
   */
  check(
    id: string,
    part: FilePart,
    { expires, signature }: { expires?: string; signature?: string },
    now = Date.now(),
  ): number {
    if (expires === undefined || signature === undefined || !/^[0-9]{1,12}$/.test(expires)) {
      throw new InvalidAddressError();
    }
    const given = Buffer.from(signature, "base64url");
    // Of one byte string there is one spelling: an address that was changed is not the one that was given.
    const isSpelled = given.toString("base64url") === signature;
    const isOurs = this.#keys.some((key) => {
      const expected = mac(key, id, part, expires);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    const left = Number(expires) - Math.floor(now / 1_000);
    if (!isSpelled || !isOurs || left <= 0) throw new InvalidAddressError();
    return left;
  }

  #address(id: string, part: FilePart, expiresAt: number): string {
    const signature = mac(this.#keys[0], id, part, String(expiresAt)).toString("base64url");
    return `${this.#base}/v1/files/${encodeURIComponent(id)}/${part}?expires=${expiresAt}&signature=${signature}`;
  }
}

function mac(key: Buffer, id: string, part: FilePart, expires: string): Buffer {
  return createHmac("sha256", key)
    .update(JSON.stringify([id, part, expires]))
    .digest();
}
