import type { LocalAccount, PrivateKeyAccount } from "viem";
import { createSiweMessage } from "viem/siwe";
import { accountHeader } from "./accountHeader.ts";
import type { ServedRelayer } from "./world.ts";

/** Signs in at a relayer, as its own web page does: the header of the token. */
export async function signInAt(
  { url, services }: Pick<ServedRelayer, "url" | "services">,
  account: PrivateKeyAccount,
  sessionKey?: LocalAccount,
): Promise<Record<string, string>> {
  const { nonce } = (await (await fetch(`${url}/v1/auth/nonce`)).json()) as { nonce: string };
  const origin = services.config.webOrigins[0] ?? "";
  const message = createSiweMessage({
    ...{ address: account.address, chainId: services.chain.id, nonce, version: "1" },
    ...{ domain: new URL(origin).host, uri: origin },
    ...(sessionKey === undefined ? {} : { resources: [`urn:stelai:session-key:${sessionKey.address}`] }),
  });
  const response = await fetch(`${url}/v1/auth/verify`, {
    method: "POST",
    body: JSON.stringify({ message, signature: await account.signMessage({ message }) }),
  });
  const { token } = (await response.json()) as { token: string };
  return { Authorization: `Bearer ${token}` };
}

/** Signs in with a session key: the header that the key signs, for a request that comes without the token. */
export async function speakAs(
  relayer: Pick<ServedRelayer, "url" | "services">,
  account: PrivateKeyAccount,
  key: LocalAccount,
): Promise<Record<string, string>> {
  await signInAt(relayer, account, key);
  return { "Stelai-Account": await accountHeader(relayer.services, account.address, key) };
}
