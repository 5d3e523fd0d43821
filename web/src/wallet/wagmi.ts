import { type Config, type CreateConnectorFn, createConfig, http } from "wagmi";
import { injected } from "wagmi/connectors/injected";
import { walletConnect } from "wagmi/connectors/walletConnect";
import type { AppConfig } from "../config/schema.ts";
import { chainOf } from "./chain.ts";
import { DEMO_WALLET_ID, demoWallet } from "./demo/provider.ts";

/**
 * Wallets and transport. Installed wallets announce themselves (EIP-6963); WalletConnect exists when the host has a
 * project id, and its code is fetched when it is chosen; the demo wallet exists on a local chain.
 */
export function createWagmiConfig(config: AppConfig): Config {
  const chain = chainOf(config);
  const connectors: CreateConnectorFn[] = [];
  const { demoAccounts } = config.chain;
  if (demoAccounts.length > 0) {
    const provider = demoWallet(config);
    connectors.push(
      injected({ target: () => ({ id: DEMO_WALLET_ID, name: "Demo wallet", provider }), shimDisconnect: true }),
    );
  }
  if (config.walletConnectProjectId) {
    connectors.push(walletConnect({ projectId: config.walletConnectProjectId, showQrModal: false }));
  }
  return createConfig({
    chains: [chain],
    connectors,
    transports: { [chain.id]: http(config.chain.rpcUrl) },
    pollingInterval: config.chain.isLocal ? 1_000 : 4_000,
  });
}
