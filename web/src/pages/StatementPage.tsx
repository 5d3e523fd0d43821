import "../statement/words.ts";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { FileButton } from "../statement/FileButton.tsx";
import type { StatementFile } from "../statement/file.ts";
import { StatementView } from "../statement/StatementView.tsx";
import { TabStatement } from "../statement/TabStatement.tsx";
import { explain } from "../stelai/explain.ts";
import { useMyTabs } from "../tabs/useMyTabs.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./StatementPage.module.css";

/** A statement from a file: checked from the chain alone. */
function FileStatement({ file, onClose }: { file: StatementFile; onClose: () => void }) {
  const t = useT();
  const fetch = useCallback(async () => file.bill, [file]);
  return (
    <>
      <div className={css.source}>
        <p>{t("statement.file.shown", { id: String(file.tabId), operator: shorten(file.operator) })}</p>
        <Button variant="quiet" onClick={onClose}>
          {t("statement.file.close")}
        </Button>
      </div>
      <StatementView operator={file.operator} tabId={file.tabId} bill={file.bill} fetch={fetch} />
    </>
  );
}

/** The bill, receipt by receipt, and its check against the chain. */
export default function StatementPage() {
  const t = useT();
  const wallet = useWallet();
  const [params, setParams] = useSearchParams();
  const tabs = useMyTabs();
  const [file, setFile] = useState<StatementFile>();
  const [problem, setProblem] = useState<string>();
  const mine = tabs.data?.tabs ?? [];
  const wanted = params.get("tab");
  const tab = mine.find(({ key }) => key === wanted) ?? mine[0];
  const several = new Set(mine.map(({ operator }) => operator.toLowerCase())).size > 1;

  const fileButton = (
    <FileButton
      onFile={(read) => {
        setProblem(undefined);
        setFile(read);
      }}
      onProblem={setProblem}
    />
  );
  const failure = tabs.error && !tabs.data ? explain(tabs.error) : undefined;
  const isLoading = wallet.isReconnecting || (wallet.address !== undefined && tabs.isPending);

  const chooser = tab && !file && mine.length > 1 && (
    <label className={css.choose}>
      <VisuallyHidden>{t("statement.tab")}</VisuallyHidden>
      <select
        className={css.select}
        value={tab.key}
        onChange={(event) => setParams({ tab: event.currentTarget.value }, { replace: true })}
      >
        {mine.map(({ key, tabId, operator, state, session }) => (
          <option key={key} value={key}>
            {[
              t("chat.tab", { id: String(tabId) }),
              several && shorten(operator),
              t(`tabs.state.${state}`),
              !session && t("statement.keyElsewhere"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </option>
        ))}
      </select>
    </label>
  );

  return (
    <Page title={t("statement.title")} lead={t("statement.lead")} actions={chooser || undefined}>
      <div className={css.page}>
        {tabs.data?.complete === false && <p className={css.note}>{t("tabs.indexDown")}</p>}
        {problem && (
          <ErrorState
            what={problem}
            money="notInvolved"
            actions={<Button onClick={() => setProblem(undefined)}>{t("statement.file.dismiss")}</Button>}
          />
        )}
        {file ? (
          <FileStatement key={`${file.operator} ${file.tabId}`} file={file} onClose={() => setFile(undefined)} />
        ) : failure ? (
          <ErrorState
            what={failure.what}
            money="untouched"
            technical={failure.technical}
            actions={
              <>
                <Button onClick={() => void tabs.refetch()}>{t("statement.again")}</Button>
                {fileButton}
              </>
            }
          >
            {failure.todo}
          </ErrorState>
        ) : isLoading ? (
          <>
            <Skeleton height="4rem" />
            <Skeleton height="4.5rem" />
            <Skeleton height="20rem" />
          </>
        ) : !wallet.address ? (
          <EmptyState
            title={t("statement.connectTitle")}
            actions={
              <>
                <Button variant="primary" onClick={() => void wallet.require().catch(() => undefined)}>
                  {t("wallet.connect")}
                </Button>
                {fileButton}
              </>
            }
          >
            {t("statement.connectText")}
          </EmptyState>
        ) : !tab ? (
          <EmptyState
            title={t("statement.emptyTitle")}
            actions={
              <>
                <ButtonLink href="/">{t("character.toExplore")}</ButtonLink>
                {fileButton}
              </>
            }
          >
            {t("statement.emptyText")}
          </EmptyState>
        ) : (
          <TabStatement key={tab.key} tab={tab} actions={fileButton} />
        )}
      </div>
    </Page>
  );
}
