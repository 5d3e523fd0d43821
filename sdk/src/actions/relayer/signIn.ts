import type { Address } from "viem";
import { signMessage } from "viem/actions";
import { createSiweMessage } from "viem/siwe";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { RelayerUrlMissingError } from "../../errors/client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type SignInParameters = {
  /** Host that asks for the sign-in: the page's. Outside a page, give that of the operator's own page. */
  domain?: string | undefined;
  /** Origin of the same page. */
  uri?: string | undefined;
  /** Words the wallet shows. */
  statement?: string | undefined;
};

export type SignInReturnType = { token: string; address: Address; expiresAt: string };

/**
 * Signs in at the relayer with the wallet (SIWE, EIP-4361); the client then sends the token where an endpoint
 * needs it. Costs nothing and moves nothing.
 * @throws UserRejectedError, RelayerErrors.
 *
 * @example
 * ```ts
 * await stelai.relayer.signIn();
 * ```
 */
export async function signIn(client: StelaiClient, parameters: SignInParameters = {}): Promise<SignInReturnType> {
  if (client.relayerUrl === undefined) throw new RelayerUrlMissingError();
  const { wallet, account } = requireWallet(client);
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
  });
  const signature = await signMessage(wallet, { account, message });
  const body = { message, signature };
  const session = await relayerRequest<SignInReturnType>(client, { path: "/v1/auth/verify", method: "POST", body });
  Object.assign(client.signIn, session);
  return session;
}
