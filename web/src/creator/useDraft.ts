import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { deleteChainState, readChainState, writeChainState } from "../config/chainState.ts";
import { changeDraft, type Draft, type DraftChange, emptyDraft } from "./draft.ts";
import { dropKeptFile } from "./knowledge/files.ts";

const KEY = "draft:publish";

export interface DraftInProgress {
  readonly draft: Draft;
  readonly change: (change: DraftChange) => void;
  /** False until it is known whether there is a draft from before. */
  readonly isReady: boolean;
  /** Whether this device holds what is on the screen. */
  readonly saved: "yes" | "no" | "failed";
  /** Begins anew with an empty one; its files are forgotten too, unless they are to be kept. */
  readonly discard: (options?: { keepFiles?: boolean }) => void;
}

/** The one draft on this device: every change is stored as it is typed, and comes back after a reload. */
export function useDraft(): DraftInProgress {
  const [draft, change] = useReducer(changeDraft, undefined, emptyDraft);
  const [isReady, setReady] = useState(false);
  const [saved, setSaved] = useState<DraftInProgress["saved"]>("no");
  const restored = useRef<Draft>(undefined);

  useEffect(() => {
    let gone = false;
    const begin = (found: Draft | undefined) => {
      if (gone) return;
      const from = { ...emptyDraft(), ...found };
      restored.current = from;
      change({ kind: "replace", draft: from });
      setSaved(found ? "yes" : "no");
      setReady(true);
    };
    void readChainState<Draft>(KEY).then(begin, () => begin(undefined));
    return () => {
      gone = true;
    };
  }, []);

  useEffect(() => {
    if (!isReady || draft === restored.current) return undefined;
    let superseded = false;
    writeChainState(KEY, draft).then(
      () => !superseded && setSaved("yes"),
      () => !superseded && setSaved("failed"),
    );
    return () => {
      superseded = true;
    };
  }, [draft, isReady]);

  const latest = useRef(draft);
  latest.current = draft;
  const discard = useCallback(({ keepFiles = false }: { keepFiles?: boolean } = {}) => {
    if (!keepFiles) for (const { id } of latest.current.files) void dropKeptFile(id);
    const fresh = emptyDraft();
    restored.current = fresh;
    change({ kind: "replace", draft: fresh });
    setSaved("no");
    void deleteChainState(KEY);
  }, []);

  return { draft, change, isReady, saved, discard };
}
