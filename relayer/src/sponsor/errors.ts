import { RelayerError } from "../errors.ts";

/** 422: the operator does not send this for anyone; `reason` is the contract's error, or ours. */
export class SponsorRefusedError extends RelayerError {
  readonly status = 422;
  readonly code = "sponsor_refused";
  override readonly param: string | null;
  override readonly details: Readonly<Record<string, unknown>>;

  /** @param values The arguments of the contract's error, by name. */
  constructor(
    reason: string,
    message: string,
    param: string | null = null,
    values: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.param = param;
    this.details = { reason, ...(Object.keys(values).length === 0 ? {} : { values }) };
  }
}
