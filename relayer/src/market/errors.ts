import type { LicenceStatus } from "@stelai/sdk/wire";
import { RelayerError } from "../errors.ts";

/** 404: this operator has no such file of the creator's, so that it has nothing to open it with. */
export class NotDepositedError extends RelayerError {
  readonly status = 404;
  readonly code = "not_deposited";
  constructor(
    message = "The work's creator has not deposited its file with this operator. Another operator may have it; an order " +
      "that nobody delivers is paid back by itself.",
  ) {
    super(message);
  }
}

/** 403: the chain does not confirm that this account may open the file. */
export class NotLicensedError extends RelayerError {
  readonly status = 403;
  readonly code = "not_licensed";
  override readonly type = "permission_error";
  override readonly details: { status: LicenceStatus };
  /** @param status Where the licence stands; `None` where it is about owning a work. */
  constructor(status: LicenceStatus, message: string) {
    super(message);
    this.details = { status };
  }
}

/** 409: the chain confirms it, and may still take that back. */
export class NotFinalError extends RelayerError {
  readonly status = 409;
  readonly code = "not_final";
  override readonly details: { blocksLeft: number };
  override readonly headers = { "Retry-After": "2" };
  constructor(blocksLeft: number) {
    super(
      `The chain confirms this, but could still take it back: it is final in ${blocksLeft} ` +
        `block${blocksLeft === 1 ? "" : "s"}. Ask again then.`,
    );
    this.details = { blocksLeft };
  }
}

/** 422: a deposit that is not what it says. */
export class UnfitFileError extends RelayerError {
  readonly status = 422;
  readonly code = "unfit_file";
}

/** 507: the storage takes nothing more. */
export class DepositNotStoredError extends RelayerError {
  readonly status = 507;
  readonly code = "storage_full";
  override readonly type = "server_error";
  constructor() {
    super("This operator's storage is full, so the file could not be deposited. Try later, or with another operator.");
  }
}
