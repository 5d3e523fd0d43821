import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { deleteChainState, readChainState, writeChainState } from "../config/chainState.ts";
import { changeSellDraft, emptySellDraft, restoredDraft, type SellChange, type SellDraft } from "./draft.ts";

export interface SellProgress {
  readonly draft: SellDraft;
  readonly change: (change: SellChange) => void;
  /** False until it is known whether there is a draft from before. */
  readonly isReady: boolean;
  /** Whether this device holds what is on the screen. */
  readonly saved: "yes" | "no" | "failed";
  /** Begins anew with an empty one. */
  readonly discard: () => void;
}

/**
 * The draft of one work on this device: every change is stored as it is typed, and comes back after a reload.
 * @param of Id of the generation, or `file` for a file of one's own.
 */
export function useSellDraft(of: string): SellProgress {
  const key = `draft:sell:${of}`;
  const [draft, change] = useReducer(changeSellDraft, undefined, emptySellDraft);
  const [isReady, setReady] = useState(false);
  const [saved, setSaved] = useState<SellProgress["saved"]>("no");
  const restored = useRef<SellDraft>(undefined);

  useEffect(() => {
    let gone = false;
    setReady(false);
    const begin = (found: SellDraft | undefined) => {
      if (gone) return;
      const from = restoredDraft(found);
      restored.current = from;
      change({ kind: "replace", draft: from });
      setSaved(found ? "yes" : "no");
      setReady(true);
    };
    void readChainState<SellDraft>(key).then(begin, () => begin(undefined));
    return () => {
      gone = true;
    };
  }, [key]);

  useEffect(() => {
    if (!isReady || draft === restored.current) return undefined;
    let superseded = false;
    writeChainState(key, draft).then(
      () => !superseded && setSaved("yes"),
      () => !superseded && setSaved("failed"),
    );
    return () => {
      superseded = true;
    };
  }, [key, draft, isReady]);

  const discard = useCallback(() => {
    const fresh = emptySellDraft();
    restored.current = fresh;
    change({ kind: "replace", draft: fresh });
    setSaved("no");
    void deleteChainState(key);
  }, [key]);

  return { draft, change, isReady, saved, discard };
}
