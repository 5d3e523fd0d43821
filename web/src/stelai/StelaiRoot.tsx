import { StelaiProvider } from "@stelai/sdk/react";
import { type ReactNode, useMemo } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { fetchWithEarly } from "../config/early.ts";
import { chainStorage } from "./storage.ts";

/** Gives the pages the SDK, for the configured chain and the connected wallet. */
export function StelaiRoot({ children }: { children: ReactNode }) {
  const { chain, contracts, relayerUrl, indexerUrl } = useAppConfig();
  const deployment = useMemo(
    () => ({
      chainId: chain.id,
      genesisHash: chain.genesisHash,
      startBlock: chain.startBlock,
      finalityBlocks: chain.finalityBlocks,
      contracts,
    }),
    [chain, contracts],
  );
  return (
    <StelaiProvider
      deployment={deployment}
      relayerUrl={relayerUrl}
      indexerUrl={indexerUrl}
      storage={chainStorage}
      fetch={fetchWithEarly}
    >
      {children}
    </StelaiProvider>
  );
}
