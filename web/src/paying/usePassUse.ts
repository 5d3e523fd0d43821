import type { PassUse } from "@stelai/sdk";
import { useCallback, useEffect, useState } from "react";
import { readChainState, writeChainState } from "../config/chainState.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { currentUse } from "./payer.ts";

/** How far the account's pass of a character is used today, as the last answer said; and how to note the next. */
export function usePassUse(characterId: bigint): [PassUse | undefined, (use: PassUse | undefined) => void] {
  const { address } = useWallet();
  const now = useChainNow();
  const [known, setKnown] = useState<PassUse>();
  const key = address && `passUse:${characterId} ${address.toLowerCase()}`;
  useEffect(() => {
    let gone = false;
    setKnown(undefined);
    if (!key) return undefined;
    // Without IndexedDB the next answer tells.
    readChainState<PassUse>(key).then(
      (stored) => !gone && setKnown((newer) => newer ?? stored),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [key]);
  const note = useCallback(
    (use: PassUse | undefined) => {
      setKnown(use);
      if (key) void writeChainState(key, use).catch(() => undefined);
    },
    [key],
  );
  return [currentUse(known, now), note];
}
