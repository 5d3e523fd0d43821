import { useCallback } from "react";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** Does something once a wallet is connected, asking for one where there is none; not at all where that is stopped. */
export function useWithWallet(): (work: () => void) => void {
  const { require } = useWallet();
  return useCallback(
    (work) => {
      void require()
        .then(work)
        .catch((error: unknown) => {
          if (!(error instanceof StoppedError)) throw error;
        });
    },
    [require],
  );
}
