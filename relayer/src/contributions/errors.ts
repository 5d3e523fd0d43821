import type { DeedState } from "@stelai/sdk/wire";
import { RelayerError } from "../errors.ts";

/** 422: the operator does not vouch for a deed, now or ever; the message says why, and `state` which of the two. */
export class ContributionRefusedError extends RelayerError {
  readonly status = 422;
  readonly code = "contribution_refused";
  override readonly details: { state: DeedState };
  constructor(state: DeedState, reason: string) {
    super(reason);
    this.details = { state };
  }
}

/** 409: a decision that was paid for stays. */
export class FeedbackPaidError extends RelayerError {
  readonly status = 409;
  readonly code = "invalid_request";
  constructor() {
    super("Bonus credits were granted for this feedback: its decision stays as it is.");
  }
}
