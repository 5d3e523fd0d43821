import type { KnowledgeFile } from "@stelai/sdk";
import { stelaiKey, useInvalidate, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { keepFile } from "../knowledge/files.ts";
import { FileList, FilePicker, FileRow } from "../knowledge/KnowledgeFiles.tsx";
import { PendingList } from "../knowledge/PendingFiles.tsx";
import { usePendingFiles } from "../knowledge/usePendingFiles.ts";
import css from "./Manage.module.css";

/** What a character knows from files: those the operator has, and those still to be sent. */
export function KnowledgeTab({ characterId }: { characterId: bigint }) {
  const t = useT();
  const { status, require } = useSignIn();
  if (status === "loading") return <Skeleton height="16rem" />;
  if (status === "out") {
    return (
      <EmptyState
        title={t("knowledge.locked")}
        actions={
          <Button variant="primary" onClick={() => void require("knowledge.signIn").catch(() => undefined)}>
            {t("signIn.action")}
          </Button>
        }
      >
        {t("knowledge.signIn")}
      </EmptyState>
    );
  }
  return <Files characterId={characterId} />;
}

function Files({ characterId }: { characterId: bigint }) {
  const t = useT();
  const heading = useId();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const pending = usePendingFiles(characterId);
  const [isNotKept, setNotKept] = useState(false);
  const [removing, setRemoving] = useState<KnowledgeFile>();
  const files = useQuery({
    queryKey: stelaiKey(stelai, "knowledge", characterId),
    queryFn: () => stelai.relayer.listKnowledge({ characterId }),
  });
  useEffect(() => {
    if (files.error) dropAfter(files.error);
  }, [files.error, dropAfter]);
  const add = async (chosen: File[]) => {
    setNotKept(false);
    try {
      pending.add(await Promise.all(chosen.map(keepFile)));
      await pending.start();
    } catch {
      setNotKept(true);
    }
  };
  return (
    <section className={css.section} aria-labelledby={heading}>
      <h2 id={heading}>{t("knowledge.files")}</h2>
      <p className={css.note}>
        {t("knowledge.filesText")} {t("knowledge.announced")}
      </p>
      <FilePicker onFiles={(chosen) => void add(chosen)} disabled={pending.sending !== undefined} />
      {isNotKept && <p role="alert">{t("knowledge.full")}</p>}
      <PendingList pending={pending} begins={false} />
      {files.error && !files.data ? (
        <ErrorState
          what={explain(files.error).what}
          money="notInvolved"
          technical={explain(files.error).technical}
          actions={<Button onClick={() => void files.refetch()}>{t("studio.again")}</Button>}
        />
      ) : !files.data ? (
        <Skeleton height="6rem" />
      ) : files.data.length === 0 ? (
        <p className={css.note}>{t("knowledge.empty")}</p>
      ) : (
        <FileList label={t("knowledge.files")}>
          {files.data.map((file) => (
            <FileRow
              key={file.id}
              name={file.name}
              size={file.size}
              note={t("knowledge.passages", { count: file.passages })}
              onRemove={() => setRemoving(file)}
            />
          ))}
        </FileList>
      )}
      {removing && <RemoveDialog characterId={characterId} file={removing} onClose={() => setRemoving(undefined)} />}
    </section>
  );
}

interface RemoveDialogProps {
  characterId: bigint;
  file: KnowledgeFile;
  onClose: () => void;
}

function RemoveDialog({ characterId, file, onClose }: RemoveDialogProps) {
  const t = useT();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await stelai.relayer.deleteKnowledge({ characterId, fileId: file.id });
      await invalidate("knowledge", characterId);
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("knowledge.removeSure", { name: file.name })}
      description={t("knowledge.removeText")}
      foot={
        <>
          {error !== undefined && (
            <ErrorState what={explain(error).what} money="notInvolved" technical={explain(error).technical} />
          )}
          <Button variant="danger" disabled={isBusy} onClick={() => void remove()}>
            {t("knowledge.removeAction")}
          </Button>
          <Button onClick={onClose}>{t("publish.keep")}</Button>
        </>
      }
    />
  );
}
