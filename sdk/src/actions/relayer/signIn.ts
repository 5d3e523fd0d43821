import type { Address, Hex, LocalAccount } from "viem";
import { signMessage } from "viem/actions";
import { createSiweMessage } from "viem/siwe";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { RelayerUrlMissingError } from "../../errors/client.ts";
import { keyOf } from "../../internal/account.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { SignedIn } from "../../wire.ts";

/** The line of a sign-in message's `Resources` that binds a key; `SESSION_KEY_RESOURCE` of the wire. */
const SESSION_KEY_RESOURCE = "urn:stelai:session-key:";

export type SignInParameters = {
  /** Host that asks for the sign-in: the page's; outside a page, the relayer's own. */
  domain?: string | undefined;
  /** Origin of the same page. */
  uri?: string | undefined;
  /** Words the wallet shows. */
  statement?: string | undefined;
  /**
   * A key of this browser, or its private key in hex, that then speaks for the account for 30 days: the client
   * signs with it where an endpoint needs the account, and the wallet is not asked again.
   */
  sessionKey?: LocalAccount | Hex | undefined;
};

export type SignInReturnType = SignedIn;

/** Whether the client speaks for an account at its relayer now; nothing is asked for it. */
export { isSignedIn } from "../../internal/account.ts";

/**
 * Signs in at the relayer with the wallet (SIWE, EIP-4361); the client then speaks for the account where an
 * endpoint needs it. Costs nothing and moves nothing. `client.signIn` holds what came of it: an app that keeps it
 * and gives it back (`createStelai({ signIn })`) stays signed in as long as the bound key is good.
 * @throws UserRejectedError, RelayerErrors.
 *
 * @example
 * ```ts
 * await stelai.relayer.signIn({ sessionKey: generatePrivateKey() });
 * ```
 */
export async function signIn(client: StelaiClient, parameters: SignInParameters = {}): Promise<SignInReturnType> {
  if (client.relayerUrl === undefined) throw new RelayerUrlMissingError();
  const { wallet, account } = requireWallet(client);
  const key: Address | undefined = parameters.sessionKey && (await keyOf(parameters.sessionKey)).address;
  const page = globalThis.location as Location | undefined;
  const home = new URL(page?.href ?? client.relayerUrl, page?.href);
  const { nonce } = await relayerRequest<{ nonce: string }>(client, { path: "/v1/auth/nonce" });
  const message = createSiweMessage({
    address: account.address,
    chainId: client.deployment.chainId,
    domain: parameters.domain ?? home.host,
    uri: parameters.uri ?? home.origin,
    nonce,
    version: "1",
    ...(parameters.statement === undefined ? {} : { statement: parameters.statement }),
    ...(key === undefined ? {} : { resources: [`${SESSION_KEY_RESOURCE}${key}`] }),
  });
  const signature = await signMessage(wallet, { account, message });
  const body = { message, signature };
  const session = await relayerRequest<SignedIn>(client, { path: "/v1/auth/verify", method: "POST", body });
  const { token, address, expiresAt } = session;
  const isBound = key !== undefined && session.sessionKey?.toLowerCase() === key.toLowerCase();
  Object.assign(client.signIn, {
    token,
    address,
    expiresAt,
    sessionKey: isBound ? parameters.sessionKey : undefined,
  });
  return session;
}
