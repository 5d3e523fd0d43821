import type { Config } from "../config.ts";
import { RelayerError } from "../errors.ts";
import { webUrlOf } from "../people/index.ts";

/** Where people look after their keys. */
export function keysPage(config: Pick<Config, "webOrigins" | "publicUrl">): string {
  return `${webUrlOf(config)}/keys`;
}

/** 401: a key that is none of this operator's, or none any more. */
export class InvalidApiKeyError extends RelayerError {
  readonly status = 401;
  readonly code = "invalid_api_key";
}

/** 401: the key's tab was closed. */
export class ClosedApiKeyError extends InvalidApiKeyError {
  constructor(keysPage: string) {
    super(`This API key does not pay any more: its tab was closed. Make another one at ${keysPage}.`);
  }
}

/** 401: the time of the key's tab is over. */
export class ExpiredApiKeyError extends RelayerError {
  readonly status = 401;
  readonly code = "expired_api_key";
  constructor(keysPage: string) {
    super(`This API key has expired. Nothing was charged. Make another one at ${keysPage}.`);
  }
}

/** 402: what is left of the key's cap does not hold the most that this may cost. */
export class InsufficientQuotaError extends RelayerError {
  readonly status = 402;
  readonly code = "insufficient_quota";
  override readonly type = "insufficient_quota";
  override readonly details: { available: bigint; needed: bigint };
  constructor(available: bigint, needed: bigint, keysPage: string) {
    super(
      `This API key has ${available} microcredits left and this may cost up to ${needed}. Nothing was charged. ` +
        `Ask for less (max_tokens, a smaller size), or add credits to the key at ${keysPage}.`,
    );
    this.details = { available, needed };
  }
}

/** 409: as many keys as one account may have. */
export class TooManyKeysError extends RelayerError {
  readonly status = 409;
  readonly code = "too_many_keys";
  override readonly details: { limit: number };
  constructor(limit: number) {
    super(`An account may have ${limit} keys at a time. Revoke one that is not needed, then make this one.`);
    this.details = { limit };
  }
}

/** 422: the tab is not the key's. */
export class WrongTabError extends RelayerError {
  readonly status = 422;
  readonly code = "wrong_tab";
  override readonly param = "tabId";
}
