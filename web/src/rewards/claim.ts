import { RateLimitedError, RelayerUnreachableError, SponsorRefusedError } from "@stelai/sdk";

/**
 * Whether a claim that the operator did not send can still be sent from the wallet: it refused to carry it, carries no
 * more for now, or cannot be reached. What the chain refuses, it refuses from anyone.
 */
export function canSendOneself(error: unknown): boolean {
  return (
    error instanceof SponsorRefusedError ||
    error instanceof RateLimitedError ||
    error instanceof RelayerUnreachableError
  );
}
