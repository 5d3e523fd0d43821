import type { Connector } from "wagmi";

interface WalletConnectProvider {
  session?: { peer: { metadata: { redirect?: { native?: string; universal?: string } } } };
}

/** Where a WalletConnect wallet on this device can be opened; undefined for wallets that a page cannot bring forward. */
export async function walletLink(connector: Connector): Promise<string | undefined> {
  if (connector.type !== "walletConnect") return undefined;
  const provider = (await connector.getProvider()) as WalletConnectProvider;
  const redirect = provider.session?.peer.metadata.redirect;
  return redirect?.universal ?? redirect?.native;
}
