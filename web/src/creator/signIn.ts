import { NotSignedInError, type Stelai } from "@stelai/sdk";
import type { Address } from "viem";

/** A sign-in at an operator's relayer. */
interface SignIn {
  readonly token: string;
  readonly address: Address;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
}

/** So that a token does not lapse between the look and the upload. */
const MARGIN_MS = 60_000;
const PREFIX = "stelai.signIn:";

const memory = new Map<string, SignIn>();

function keyOf({ client }: Stelai, account: Address): string {
  return `${client.relayerUrl} ${client.deployment.genesisHash} ${account.toLowerCase()}`;
}

function remembered(key: string): SignIn | undefined {
  const known = memory.get(key);
  if (known) return known;
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as SignIn);
  } catch {
    // Storage may be refused or hold something else: then one signs in again.
    return undefined;
  }
}

/** Takes up the sign-in of this browser tab, if it is still good. @returns Whether there is one. */
export function resumeSignIn(stelai: Stelai, account: Address): boolean {
  const found = remembered(keyOf(stelai, account));
  if (!found || !(found.expiresAt - MARGIN_MS > Date.now())) return false;
  Object.assign(stelai.client.signIn, found);
  return true;
}

/** Signs in with the wallet and remembers it until it lapses or the browser tab is closed. */
export async function signIn(stelai: Stelai, account: Address, statement: string): Promise<void> {
  const { token, address, expiresAt } = await stelai.relayer.signIn({ statement });
  // The relayer gives a moment as text (ISO 8601).
  const found = { token, address, expiresAt: new Date(expiresAt).getTime() };
  const key = keyOf(stelai, account);
  memory.set(key, found);
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(found));
  } catch {
    // Kept in memory then.
  }
}

/** Forgets a sign-in that the relayer no longer accepts. @returns Whether the error says so. */
export function dropSignInAfter(error: unknown, stelai: Stelai, account: Address): boolean {
  if (!(error instanceof NotSignedInError)) return false;
  const key = keyOf(stelai, account);
  memory.delete(key);
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Never stored then.
  }
  return true;
}
