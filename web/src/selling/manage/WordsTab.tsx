import { NotDepositedError, UnreadableMetadataError, type WorkMetadata } from "@stelai/sdk";
import { useDeposit, useStelai } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import manage from "../../creator/manage/Manage.module.css";
import { SignInGate } from "../../creator/manage/SignInGate.tsx";
import { SignInFirst } from "../../creator/SignInFirst.tsx";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { metadataOf, wordsOf } from "../compose.ts";
import { PreviewMedia } from "../PreviewMedia.tsx";
import { type SellField, wordProblems } from "../problems.ts";
import css from "../Selling.module.css";
import { uploadMetadata } from "../upload.ts";
import { type Words, WordsFields } from "../wizard/AboutStep.tsx";
import { type ManagedWork, useOwnMetadata } from "./useManagedWork.ts";

/** A work's title, description and tags, to change; the file never does. */
export function WordsTab({ work }: { work: ManagedWork }) {
  const { data, error, refetch } = useOwnMetadata(work.metadataURI);
  if (error instanceof UnreadableMetadataError && !data) return <Unreadable work={work} error={error} />;
  if (error && !data) return <Failed error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="20rem" />;
  return <Editor key={work.metadataURI} work={work} metadata={data} />;
}

/** Words that cannot be read can be written anew by who deposited the file; all else is the chain's and goes on. */
function Unreadable({ work, error }: { work: ManagedWork; error: UnreadableMetadataError }) {
  const t = useT();
  return (
    <div className={manage.stack}>
      <p className={css.warn} role="status">
        {t("sell.unreadable", { what: error.what })}
      </p>
      <SignInGate title="sell.writeAnew" why="sell.signIn">
        <Anew work={work} />
      </SignInGate>
    </div>
  );
}

function Anew({ work }: { work: ManagedWork }) {
  const t = useT();
  const { data: deposit, error, refetch } = useDeposit(work.contentHash);
  if (deposit) {
    return <Editor work={work} metadata={metadataOf({ title: "", description: "", tags: "" }, deposit)} />;
  }
  if (error instanceof NotDepositedError) return <p className={manage.note}>{t("sell.writeAnewNot")}</p>;
  return error ? <Failed error={error} onAgain={() => void refetch()} /> : <Skeleton height="20rem" />;
}

function Editor({ work, metadata }: { work: ManagedWork; metadata: WorkMetadata }) {
  const t = useT();
  const [values, setValues] = useState<Words>(() => ({
    title: metadata.title,
    description: metadata.description,
    tags: metadata.tags.join(", "),
  }));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState<WorkMetadata>();
  const problems = wordProblems(values);
  const problem = (field: SellField) => {
    const found = tried ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };
  const next: WorkMetadata = { ...metadata, ...wordsOf(values) };
  const isNew = (["title", "description", "tags"] as const).some((key) => String(next[key]) !== String(metadata[key]));
  return (
    <form
      noValidate
      className={manage.stack}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isNew && Object.keys(problems).length === 0) setSaving(next);
      }}
    >
      <div className={css.mediaSmall}>
        <PreviewMedia of={metadata} title={metadata.title} />
      </div>
      <WordsFields
        values={values}
        problem={problem}
        onChange={(changed) => setValues((before) => ({ ...before, ...changed }))}
      />
      <div className={manage.row}>
        <Button type="submit" variant="primary" disabled={!isNew}>
          {t("sell.save")}
        </Button>
        {!isNew && <span className={manage.note}>{t("sell.saveNothing")}</span>}
      </div>
      {saving && (
        <SignInFirst why="sell.signIn" onClose={() => setSaving(undefined)}>
          <WordsSheet work={work} metadata={saving} onClose={() => setSaving(undefined)} />
        </SignInFirst>
      )}
    </form>
  );
}

interface WordsSheetProps {
  work: ManagedWork;
  metadata: WorkMetadata;
  onClose: () => void;
}

function WordsSheet({ work: { workId }, metadata, onClose }: WordsSheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { title } = metadata;
  const sign = useCallback(
    async (run: SigningRun) => {
      const metadataURI = await uploadMetadata(stelai, metadata);
      const intent = { id: "sell.intent.words", values: { title } } as const;
      await act(run, intent, (mine) => mine.works.setMetadata({ workId, metadataURI }));
    },
    [act, stelai, workId, metadata, title],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("sell.words.title", { title })}
      action={t("sell.words.action")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("sell.words.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: t("sell.words.get", { title }),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Works} what={t("publish.create.to")} />
          </>
        ),
        undo: t("sell.words.undo"),
        cost: t("sell.cost", { count: 1 }),
      }}
    />
  );
}
