import { RelayerError } from "../errors.ts";

/** 403: what is not for everybody, or is suspended, cannot be shown around; the message says which. */
export class NotShareableError extends RelayerError {
  readonly status = 403;
  readonly code = "blocked";
  override readonly type = "permission_error";
}
