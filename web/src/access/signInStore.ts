import type { SignInState, Stelai } from "@stelai/sdk";
import type { Address, Hex } from "viem";
import { deleteChainState, readChainState, writeChainState } from "../config/chainState.ts";

/** What this browser keeps of a sign-in: the key that speaks for the account. It can spend nothing. */
export interface KeptSignIn {
  readonly address: Address;
  readonly sessionKey: Hex;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** So that it does not lapse between the look and the request. */
const MARGIN_MS = 60_000;

/** Where a sign-in of an account at one operator's relayer is kept, beside everything else of this chain. */
export function signInKey(relayerUrl: string | undefined, account: Address): string {
  return `signIn:${relayerUrl ?? ""} ${account.toLowerCase()}`;
}

/** Whether a sign-in that was kept is still good at a moment, in milliseconds. */
export function isGood(kept: KeptSignIn | undefined, now: number): kept is KeptSignIn {
  return kept !== undefined && Date.parse(kept.expiresAt) - MARGIN_MS > now;
}

/** Takes up the sign-in of an account that this browser keeps. @returns Whether there is a good one. */
export async function resumeSignIn({ client }: Stelai, account: Address): Promise<boolean> {
  // Without IndexedDB one signs in again with each page.
  const kept = await readChainState<KeptSignIn>(signInKey(client.relayerUrl, account)).catch(() => undefined);
  if (!isGood(kept, Date.now())) return false;
  Object.assign(client.signIn, kept satisfies SignInState);
  return true;
}

/** Keeps a sign-in whose key was bound. */
export async function keepSignIn({ client }: Stelai, kept: KeptSignIn): Promise<void> {
  await writeChainState(signInKey(client.relayerUrl, kept.address), kept).catch(() => undefined);
}

/** Forgets the sign-in of an account, here and in this client. */
export async function forgetSignIn({ client }: Stelai, account: Address): Promise<void> {
  Object.assign(client.signIn, { token: undefined, address: undefined, expiresAt: undefined, sessionKey: undefined });
  await deleteChainState(signInKey(client.relayerUrl, account)).catch(() => undefined);
}
