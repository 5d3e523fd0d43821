import { type TokenReference, WrongContentError } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { fileNameOf, saveFile } from "../studio/files.ts";
import { StoppedError } from "../wallet/errors.ts";

/** How far a work's file has come. Times in milliseconds, as `Date.now()`. */
export type FileState =
  | { readonly at: "idle" }
  | { readonly at: "fetching"; readonly since: number }
  | { readonly at: "saved"; readonly contentHash: string }
  | { readonly at: "wrong"; readonly expected: string; readonly found: string }
  | { readonly at: "failed"; readonly error: unknown };

export interface FileOf {
  /** A licence of the work, or the work that is owned. */
  readonly token: TokenReference;
  /** The work's title, which names the file. */
  readonly title: string;
}

/**
 * The file behind a licence, or of a work that is owned: fetched, decrypted and held against the chain in this browser, and saved only when it is
 * what was sold. Asks for a sign-in where one is missing; gives up when the page goes away.
 */
export function useFile({ token, title }: FileOf): { state: FileState; download: () => Promise<void> } {
  const stelai = useStelai();
  const signIn = useSignIn();
  const [state, setState] = useState<FileState>({ at: "idle" });
  // A sign-in brings a client that knows of it.
  const current = useRef(stelai);
  current.current = stelai;
  const [of, id] = "workId" in token ? (["work", token.workId] as const) : (["licence", token.licenceId] as const);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const download = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const say = (next: FileState) => {
      if (!signal.aborted) setState(next);
    };
    try {
      await signIn.require("file.why");
      say({ at: "fetching", since: Date.now() });
      const file = of === "work" ? { workId: id } : { licenceId: id };
      const { bytes, mediaType, contentHash } = await current.current.market.openFile({ ...file, signal });
      if (signal.aborted) return;
      saveFile(fileNameOf(title, `${of}-${id}`, mediaType), bytes, mediaType);
      say({ at: "saved", contentHash });
    } catch (error) {
      if (error instanceof StoppedError) say({ at: "idle" });
      else if (error instanceof WrongContentError) say({ at: "wrong", expected: error.expected, found: error.found });
      else {
        signIn.dropAfter(error);
        say({ at: "failed", error });
      }
    }
  }, [of, id, signIn, title]);
  return { state, download };
}
