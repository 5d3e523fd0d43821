import type { Stelai } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { dropKeptFile, type KeptFile, readKeptFile, readPending, writePending } from "./files.ts";

/** Where the files of a character stand that this device still has to upload. */
export interface PendingFiles {
  /** Undefined until it is known. */
  readonly files: readonly KeptFile[] | undefined;
  /** The one that is being sent. */
  readonly sending: string | undefined;
  /** How many were sent since this page was opened. */
  readonly sent: number;
  /** Of the one at which it stopped. */
  readonly failure: { readonly file: KeptFile; readonly error: unknown } | undefined;
  /** Sends them one after the other, and stops at the first that is refused. */
  readonly start: () => Promise<void>;
  /** Takes one out, unsent. */
  readonly remove: (file: KeptFile) => void;
  /** Puts more in. */
  readonly add: (files: readonly KeptFile[]) => void;
}

/** Thrown when this device no longer has a file that was to be sent. */
export class FileLostError extends Error {
  override readonly name = "FileLostError";
}

async function send(stelai: Stelai, characterId: bigint, file: KeptFile): Promise<void> {
  const blob = await readKeptFile(file);
  if (!blob) throw new FileLostError(file.name);
  await stelai.relayer.addKnowledge({ characterId, name: file.name, file: blob });
}

/** The files that wait on this device to become a character's knowledge. The relayer wants its owner's sign-in. */
export function usePendingFiles(characterId: bigint): PendingFiles {
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const [files, setFiles] = useState<readonly KeptFile[]>();
  const [sending, setSending] = useState<string>();
  const [sent, setSent] = useState(0);
  const [failure, setFailure] = useState<PendingFiles["failure"]>();
  const latest = useRef<readonly KeptFile[]>([]);
  const isRunning = useRef(false);

  const show = useCallback(
    (next: readonly KeptFile[]) => {
      latest.current = next;
      setFiles(next);
      // What cannot be remembered is still in this page's list.
      return writePending(characterId, next).catch(() => undefined);
    },
    [characterId],
  );

  useEffect(() => {
    let gone = false;
    const begin = (found: readonly KeptFile[]) => {
      if (gone) return;
      latest.current = found;
      setFiles(found);
    };
    void readPending(characterId).then(begin, () => begin([]));
    return () => {
      gone = true;
    };
  }, [characterId]);

  const start = useCallback(async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    setFailure(undefined);
    let file = latest.current[0];
    try {
      while (file) {
        setSending(file.id);
        const { id } = file;
        await send(stelai, characterId, file);
        await show(latest.current.filter((each) => each.id !== id));
        await dropKeptFile(id).catch(() => undefined);
        setSent((count) => count + 1);
        await invalidate("knowledge", characterId);
        file = latest.current[0];
      }
    } catch (error) {
      if (file) setFailure({ file, error });
    } finally {
      isRunning.current = false;
      setSending(undefined);
    }
  }, [stelai, characterId, show, invalidate]);

  const remove = useCallback(
    (file: KeptFile) => {
      setFailure(undefined);
      void show(latest.current.filter(({ id }) => id !== file.id));
      void dropKeptFile(file.id).catch(() => undefined);
    },
    [show],
  );
  const add = useCallback((more: readonly KeptFile[]) => void show([...latest.current, ...more]), [show]);

  return { files, sending, sent, failure, start, remove, add };
}
