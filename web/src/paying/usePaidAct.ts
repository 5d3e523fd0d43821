import { PassQuotaExhaustedError, type PassUse } from "@stelai/sdk";
import { useEffect, useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import type { MyAccess } from "../access/useMyAccess.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { type Payer, payerOf } from "./payer.ts";
import { usePassUse } from "./usePassUse.ts";
import type { PayingTab } from "./usePayingTab.ts";

export interface PaidActParameters<What> {
  readonly characterId: bigint;
  readonly free: boolean;
  /** The account's pass of the character. */
  readonly mine: MyAccess;
  readonly tab: PayingTab;
  /** Opens or closes the sheet that opens a tab. */
  readonly onOpening: (open: boolean) => void;
  /** Does it, once it is known who pays. What it throws becomes `failure`. */
  readonly act: (what: What, by: Payer) => Promise<void>;
}

export interface PaidAct<What> {
  readonly payer: Payer;
  /** Where the day's use of the pass stands, as far as it is known. */
  readonly use: PassUse | undefined;
  readonly noteUse: (use: PassUse | undefined) => void;
  /** True while it waits for a wallet, a sign-in or a tab. */
  readonly isWaiting: boolean;
  /** Why the last one was not done. */
  readonly failure: { error: unknown; what: What; payer: Payer } | undefined;
  /** Does it; `byTab`: paid from the tab although there is a pass, since the person said so. */
  readonly start: (what: What, options?: { byTab?: boolean }) => Promise<void>;
  /** Waits no longer. */
  readonly drop: () => void;
}

/**
 * Something that a pass or a tab pays for: asks for the wallet, the sign-in or the tab that is missing, and goes on by
 * itself when it is there. What is free is done at once.
 */
export function usePaidAct<What>(parameters: PaidActParameters<What>): PaidAct<What> {
  const { characterId, free, mine, tab, onOpening, act } = parameters;
  const wallet = useWallet();
  const signIn = useSignIn();
  const now = useChainNow();
  const [use, noteUse] = usePassUse(characterId);
  const [failure, setFailure] = useState<PaidAct<What>["failure"]>();
  const [waiting, setWaiting] = useState<{ what: What; byTab: boolean }>();
  const payer = payerOf({
    free,
    hasPass: mine.status === "active",
    isSignedIn: signIn.status === "in",
    use,
    now,
  });

  const go = async (what: What, by: Payer) => {
    try {
      await act(what, by);
    } catch (error) {
      if (error instanceof PassQuotaExhaustedError) {
        noteUse({ limit: error.limit, remaining: 0, resetsAt: error.resetsAt });
      }
      if (by === "pass") signIn.dropAfter(error);
      setFailure({ error, what, payer: by });
    }
  };

  const start: PaidAct<What>["start"] = async (what, { byTab = false } = {}) => {
    setFailure(undefined);
    if (payer === "free") return go(what, "free");
    try {
      await wallet.require();
    } catch (error) {
      if (error instanceof StoppedError) return;
      throw error;
    }
    // Right after a wallet was connected, its passes and its tab are still being looked for.
    setWaiting({ what, byTab });
  };

  // What waits goes on by itself once it is known who pays: a pass after the one sign-in, or else the tab.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when one of them changes, with what waits then
  useEffect(() => {
    if (!waiting || mine.status === "loading") return;
    if (payer === "pass" && !waiting.byTab) {
      if (signIn.status === "in") {
        setWaiting(undefined);
        void go(waiting.what, "pass");
      } else if (signIn.status === "out") {
        signIn.require("signIn.why.pass").catch((error: unknown) => {
          if (!(error instanceof StoppedError)) throw error;
          setWaiting(undefined);
        });
      }
    } else if (tab.status === "open" && tab.session) {
      setWaiting(undefined);
      onOpening(false);
      void go(waiting.what, "tab");
    } else if (tab.status === "none") {
      onOpening(true);
    } else if (tab.status !== "loading") {
      setWaiting(undefined);
    }
  }, [waiting, mine.status, payer, signIn.status, tab.status, tab.session]);

  return { payer, use, noteUse, isWaiting: waiting !== undefined, failure, start, drop: () => setWaiting(undefined) };
}
