import { useModel, useOperator } from "@stelai/sdk/react";
import { useCallback, useRef, useState } from "react";
import type { Address, Hex } from "viem";
import { Page } from "../app/Page.tsx";
import { type DraftField, isTouched, problemsOf } from "../creator/draft.ts";
import { PublishForm } from "../creator/PublishForm.tsx";
import { PublishPreview } from "../creator/PublishPreview.tsx";
import { PublishSheet } from "../creator/PublishSheet.tsx";
import { useCommission } from "../creator/useCommission.ts";
import { useDraft } from "../creator/useDraft.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./PublishPage.module.css";

/** Publishing a character. */
export default function PublishPage() {
  const t = useT();
  const [published, setPublished] = useState<{ id: bigint; name: string }>();
  const progress = useDraft();
  const { draft, discard } = progress;
  if (published) return <Published {...published} onAnother={() => setPublished(undefined)} />;
  return (
    <Page title={t("publish.title")} lead={t("publish.lead")}>
      {progress.isReady ? (
        <Compose
          {...progress}
          onPublished={(id) => {
            setPublished({ id, name: draft.name.trim() });
            discard();
          }}
        />
      ) : (
        <Skeleton height="40rem" />
      )}
    </Page>
  );
}

type ComposeProps = ReturnType<typeof useDraft> & { onPublished: (characterId: bigint) => void };

function Compose({ draft, change, saved, discard, onPublished }: ComposeProps) {
  const t = useT();
  const { address, require } = useWallet();
  const operator = useOperator();
  const commissionBps = useCommission();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [publisher, setPublisher] = useState<Address>();
  const [discarding, setDiscarding] = useState(false);

  const onSent = useCallback((sent: Hex | undefined) => change({ kind: "set", values: { sent } }), [change]);

  const problems = problemsOf(draft, address);
  const count = Object.keys(problems).length;
  const problem = (field: DraftField) => {
    const found = tried ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };

  /** Leads to the first field that is wrong, once it is marked. */
  const showProblems = () => {
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  };
  const publish = async () => {
    if (count > 0) return showProblems();
    // Not connecting after all is no failure: the draft stays.
    const account = await require().catch(() => undefined);
    if (!account) return;
    if (Object.keys(problemsOf(draft, account)).length > 0) showProblems();
    else setPublisher(account);
  };

  return (
    <form
      ref={form}
      noValidate
      className={css.columns}
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <PublishForm draft={draft} change={change} problem={problem} operator={operator.data} />
      <div className={css.side}>
        <PublishPreview draft={draft} feePerUnit={operator.data?.fees.Chat} commissionBps={commissionBps} />
        {operator.error && !operator.data && (
          <ErrorState
            what={explain(operator.error).what}
            money="untouched"
            technical={explain(operator.error).technical}
            actions={<Button onClick={() => void operator.refetch()}>{t("publish.upload.again")}</Button>}
          >
            {t("publish.create.kept")}
          </ErrorState>
        )}
        {draft.sent && !publisher && (
          <Card className={css.sent}>
            <p>{t("publish.sent")}</p>
            <ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>
          </Card>
        )}
        <div className={css.actions}>
          {tried && count > 0 && (
            <p className={css.mend} role="status">
              {t("publish.mend", { count })}
            </p>
          )}
          <Button type="submit" variant="primary" wide>
            {t("publish.action")}
          </Button>
          <p className={css.note}>{t("publish.actionNote")}</p>
          {saved === "failed" && <p className={css.mend}>{t("publish.notSaved")}</p>}
          {isTouched(draft) && (
            <div className={css.draft}>
              {saved === "yes" && <span className={css.note}>{t("publish.saved")}</span>}
              <Button variant="quiet" size="small" onClick={() => setDiscarding(true)}>
                {t("publish.discard")}
              </Button>
            </div>
          )}
        </div>
      </div>
      {publisher && (
        <PublishSheet
          draft={draft}
          account={publisher}
          onClose={() => setPublisher(undefined)}
          onSent={onSent}
          onPublished={onPublished}
        />
      )}
      <Dialog
        open={discarding}
        onClose={() => setDiscarding(false)}
        title={t("publish.discardSure")}
        description={t("publish.discardText")}
        foot={
          <div className={css.foot}>
            <Button
              variant="danger"
              onClick={() => {
                setDiscarding(false);
                setTried(false);
                discard();
              }}
            >
              {t("publish.discard")}
            </Button>
            <Button onClick={() => setDiscarding(false)}>{t("publish.keep")}</Button>
          </div>
        }
      />
    </form>
  );
}

function Published({ id, name, onAnother }: { id: bigint; name: string; onAnother: () => void }) {
  const t = useT();
  // The relayer hears of it a block later.
  const { data: model } = useModel(id, { refetchInterval: 2_000 });
  const link = `${window.location.origin}/c/${id}`;
  return (
    <Page title={t("publish.done.title", { name })} hideTitle width="text">
      <EmptyState
        title={t("publish.done.title", { name })}
        actions={
          <>
            <ButtonLink href={`/c/${id}`} variant="primary">
              {t("publish.done.open", { name })}
            </ButtonLink>
            <ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>
            <Button variant="quiet" onClick={onAnother}>
              {t("publish.done.another")}
            </Button>
          </>
        }
      >
        <p>{t("publish.done.text", { id: String(id) })}</p>
        <p role="status">{model ? t("publish.done.live") : t("publish.done.waiting")}</p>
        <p>
          {t("publish.done.share")}{" "}
          <span translate="no" className={css.link}>
            {link}
          </span>
          <CopyButton text={link} what={t("publish.done.link")} />
        </p>
      </EmptyState>
    </Page>
  );
}
