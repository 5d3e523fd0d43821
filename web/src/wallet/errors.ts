/** Thrown when the person stopped an act before it was signed; nothing happened. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** Error codes of wallets: EIP-1193, EIP-1474 and EIP-5792. */
const REJECTED = 4001;
const ALREADY_ASKING = -32002;

function hasCode(error: unknown, code: number): boolean {
  let at: unknown = error;
  // Libraries wrap a wallet's error, each under `cause`.
  for (let depth = 0; depth < 8 && typeof at === "object" && at !== null; depth++) {
    if ("code" in at && at.code === code) return true;
    at = "cause" in at ? at.cause : undefined;
  }
  return false;
}

/** Whether the person said no in the wallet. */
export function isRejected(error: unknown): boolean {
  return hasCode(error, REJECTED);
}

/** Whether the wallet already shows a request of this page, perhaps in a hidden window. */
export function isAlreadyAsking(error: unknown): boolean {
  return hasCode(error, ALREADY_ASKING);
}
