import { type Address, isHex, type LocalAccount } from "viem";
import type { SignInState, StelaiClient } from "../client.ts";
import { sessionAccount } from "../tab/key.ts";
import { accountTypes, meterDomain } from "../typedData.ts";
import { toBase64Url } from "./base64url.ts";
import { toJson } from "./json.ts";
import { memoizedOperator } from "./sponsor.ts";

/** Name of the header by which a bound session key speaks for its account. */
export const ACCOUNT_HEADER = "Stelai-Account";

/** How long one signature stands for the account, in milliseconds: an operator takes at most a day. */
const LIFETIME = 12 * 3_600_000;
/** It is signed anew this long before it ends. */
const MARGIN = 30 * 60_000;

type Signed = {
  address: Address;
  sessionKey: SignInState["sessionKey"];
  header: Promise<string>;
  until: number;
};

/** The header signed last, by the state it was signed for. */
const signed = new WeakMap<SignInState, Signed>();

/** Whether the client can speak for an account at its relayer: it has a token or a bound key, and their time is not over. */
export function isSignedIn({ signIn }: Pick<StelaiClient, "signIn">): boolean {
  if (signIn.expiresAt !== undefined && Date.parse(signIn.expiresAt) <= Date.now()) return false;
  return signIn.token !== undefined || (signIn.address !== undefined && signIn.sessionKey !== undefined);
}

/**
 * What a request sends to speak for the account: the token of the sign-in, or the bound key's signature, whichever
 * there is; nothing when there is neither. Reached through the client, so that actions do not carry it.
 */
export async function accountHeaders(client: StelaiClient): Promise<Record<string, string>> {
  const { token, address, sessionKey } = client.signIn;
  if (!isSignedIn(client)) return {};
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (address === undefined || sessionKey === undefined) return {};
  let known = signed.get(client.signIn);
  if (known?.address !== address || known.sessionKey !== sessionKey || known.until <= Date.now()) {
    // Real time, as the operator judges it: a local chain's clock may be elsewhere.
    const deadline = Date.now() + LIFETIME;
    const header = signAccount(client, { account: address, sessionKey, deadline });
    known = { address, sessionKey, header, until: deadline - MARGIN };
    signed.set(client.signIn, known);
    // A failure is not remembered; whoever asked gets it.
    header.catch(() => signed.delete(client.signIn));
  }
  return { [ACCOUNT_HEADER]: await known.header };
}

async function signAccount(
  client: StelaiClient,
  wanted: {
    account: Address;
    sessionKey: NonNullable<SignInState["sessionKey"]>;
    deadline: number;
  },
): Promise<string> {
  const [key, { operator }] = await Promise.all([keyOf(wanted.sessionKey), memoizedOperator(client)]);
  const message = { operator, account: wanted.account, deadline: BigInt(Math.floor(wanted.deadline / 1_000)) };
  const { chainId, contracts } = client.deployment;
  const signature = await key.signTypedData({
    domain: meterDomain(chainId, contracts.InferenceMeter),
    types: accountTypes,
    primaryType: "Account",
    message,
  });
  return toBase64Url(toJson({ ...message, signature }));
}

/** Ends the sign-in on this side. */
export function forgetSignIn({ signIn }: StelaiClient): void {
  signed.delete(signIn);
  signIn.token = undefined;
  signIn.address = undefined;
  signIn.expiresAt = undefined;
  signIn.sessionKey = undefined;
}

/** A session key in the form that signs. */
export async function keyOf(sessionKey: NonNullable<SignInState["sessionKey"]>): Promise<LocalAccount> {
  return isHex(sessionKey) ? sessionAccount(sessionKey) : (sessionKey as LocalAccount);
}
