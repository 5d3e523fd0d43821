import { type Address, isHex, type LocalAccount } from "viem";
import type { SignInState, StelaiClient } from "../client.ts";
import { sessionAccount } from "../tab/key.ts";
import { accountTypes, meterDomain } from "../typedData.ts";
import { chainTime } from "./authorization.ts";
import { toBase64Url } from "./base64url.ts";
import { toJson } from "./json.ts";

/** Name of the header by which a bound session key speaks for its account. */
export const ACCOUNT_HEADER = "Stelai-Account";

/** How long one signature stands for the account, in seconds: an operator takes at most a day. */
const LIFETIME = 12n * 3_600n;
/** It is signed anew this long before it ends, in milliseconds. */
const RENEWED_BEFORE = 30 * 60_000;

type Signed = { address: Address; sessionKey: SignInState["sessionKey"]; header: string; until: number };

/** The header signed last, by the state it was signed for. */
const signed = new WeakMap<SignInState, Signed>();

/** Whether the client can speak for an account at its relayer: it has a token or a bound key, and their time is not over. */
export function isSignedIn({ signIn }: Pick<StelaiClient, "signIn">): boolean {
  if (signIn.expiresAt !== undefined && Date.parse(signIn.expiresAt) <= Date.now()) return false;
  return signIn.token !== undefined || (signIn.address !== undefined && signIn.sessionKey !== undefined);
}

/**
 * What a request sends to speak for the account: the token of the sign-in, or the bound key's signature, whichever
 * there is; nothing when there is neither.
 * @param operatorOf asked for the operator only when something is signed.
 */
export async function accountHeaders(
  client: StelaiClient,
  operatorOf: () => Promise<Address>,
): Promise<Record<string, string>> {
  const { token, address, sessionKey } = client.signIn;
  if (!isSignedIn(client)) return {};
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (address === undefined || sessionKey === undefined) return {};
  const known = signed.get(client.signIn);
  if (known?.address === address && known.sessionKey === sessionKey && known.until > Date.now()) {
    return { [ACCOUNT_HEADER]: known.header };
  }
  const account = await keyOf(sessionKey);
  const [operator, now] = await Promise.all([operatorOf(), chainTime(client)]);
  const message = { operator, account: address, deadline: now + LIFETIME };
  const { chainId, contracts } = client.deployment;
  const signature = await account.signTypedData({
    domain: meterDomain(chainId, contracts.InferenceMeter),
    types: accountTypes,
    primaryType: "Account",
    message,
  });
  const header = toBase64Url(toJson({ ...message, signature }));
  const until = Date.now() + Number(LIFETIME) * 1_000 - RENEWED_BEFORE;
  signed.set(client.signIn, { address, sessionKey, header, until });
  return { [ACCOUNT_HEADER]: header };
}

/** Has the next request sign anew. False when nothing was signed that could be renewed. */
export function forgetHeader({ signIn }: StelaiClient): boolean {
  return signed.delete(signIn);
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
