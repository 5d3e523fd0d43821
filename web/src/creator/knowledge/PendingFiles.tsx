import { useEffect, useRef } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import css from "./KnowledgeFiles.module.css";
import { FileList, FileRow } from "./KnowledgeFiles.tsx";
import { FileLostError, type PendingFiles as Pending, usePendingFiles } from "./usePendingFiles.ts";

/** The files of a character that wait on this device, sent at once when it `begins`. */
export function PendingFiles({ characterId, begins }: { characterId: bigint; begins: boolean }) {
  const pending = usePendingFiles(characterId);
  return <PendingList pending={pending} begins={begins} />;
}

/** A list of waiting files with how far it is, and the button that sends them. */
export function PendingList({ pending, begins }: { pending: Pending; begins: boolean }) {
  const t = useT();
  const { status, require, dropAfter } = useSignIn();
  const { files, sending, sent, failure, start, remove } = pending;
  const started = useRef(false);

  // Not signing in is no failure: the files stay, with the button that asks again.
  const begin = () => void require("knowledge.signIn").then(start, () => undefined);
  const latest = useRef(begin);
  latest.current = begin;
  const isReady = begins && status !== "loading" && files !== undefined && files.length > 0;
  // Once: what failed is tried again by the person.
  useEffect(() => {
    if (!isReady || started.current) return;
    started.current = true;
    latest.current();
  }, [isReady]);
  useEffect(() => {
    if (failure && dropAfter(failure.error)) latest.current();
  }, [failure, dropAfter]);

  if (!files || (files.length === 0 && sent === 0)) return null;
  const total = files.length + sent;
  return (
    <div className={css.pending}>
      <p role="status">
        {files.length === 0
          ? t("knowledge.allSent", { count: sent })
          : sending === undefined
            ? t("knowledge.waiting", { count: files.length })
            : t("knowledge.sending", { number: sent + 1, total })}
      </p>
      {files.length > 0 && (
        <>
          <progress className={css.progress} value={sent} max={total} aria-label={t("knowledge.progress")} />
          <FileList label={t("knowledge.waitingFiles")}>
            {files.map((file) => (
              <FileRow
                key={file.id}
                name={file.name}
                size={file.size}
                note={t(file.id === sending ? "knowledge.isSending" : "knowledge.isWaiting")}
                onRemove={file.id === sending ? undefined : () => remove(file)}
              />
            ))}
          </FileList>
          {failure && (
            <ErrorState
              what={
                failure.error instanceof FileLostError
                  ? t("knowledge.problem.lost", { name: failure.file.name })
                  : t("knowledge.problem.refused", { name: failure.file.name })
              }
              money="notInvolved"
              technical={explain(failure.error).technical}
              actions={
                <>
                  <Button onClick={begin}>{t("knowledge.again")}</Button>
                  <Button variant="quiet" onClick={() => remove(failure.file)}>
                    {t("knowledge.leaveOut")}
                  </Button>
                </>
              }
            >
              {failure.error instanceof FileLostError ? undefined : explain(failure.error).what}
            </ErrorState>
          )}
          {sending === undefined && !failure && (
            <div>
              <Button variant="primary" onClick={begin}>
                {t("knowledge.send", { count: files.length })}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
