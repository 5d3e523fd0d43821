import { useStelaiQuery } from "@stelai/sdk/react";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What an upgrade of the connected account's running cycle costs now and brings, from the chain; nothing without a plan. */
export function useUpgradePrice(planId: bigint | undefined) {
  const { address } = useWallet();
  const { data } = useStelaiQuery(["upgrade", address, planId], (stelai) =>
    stelai.plans.quoteUpgrade({ planId: planId ?? 0n, account: address }),
  );
  return data;
}
