import { InvalidSessionError, NotSignedInError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { dropSignInAfter, resumeSignIn, signIn } from "../creator/signIn.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { withRun } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import type { MyTab } from "../tabs/myTabs.ts";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Statement.module.css";
import { StatementView } from "./StatementView.tsx";
import type { Fetch } from "./useCheck.ts";

/** The statement of a tab of one's own: with its session key, or signed in as its payer. */
export function TabStatement({ tab, actions }: { tab: MyTab; actions?: ReactNode }) {
  const t = useT();
  const stelai = useStelai();
  const queries = useQueryClient();
  const { address } = useWallet();
  const { operator, tabId, session } = tab;
  const [asking, setAsking] = useState(false);
  const [loaded, setLoaded] = useState(0);
  const [signedIn, setSignedIn] = useState(() => address !== undefined && resumeSignIn(stelai, address));
  const sessionKey = session?.account;
  const mayRead = sessionKey !== undefined || signedIn;

  const fetch = useCallback<Fetch>(
    (onProgress) => {
      if (!sessionKey && address) resumeSignIn(stelai, address);
      return stelai.statement.getFullStatement({ operator, tabId, sessionKey, onProgress });
    },
    [stelai, address, operator, tabId, sessionKey],
  );
  const queryKey = stelaiKey(stelai, "statement", operator, tabId);
  const statement = useQuery({ queryKey, queryFn: () => fetch(setLoaded), enabled: mayRead });
  const fetchAnew = useCallback<Fetch>(
    async (onProgress) => {
      const bill = await fetch(onProgress);
      queries.setQueryData(stelaiKey(stelai, "statement", operator, tabId), bill);
      return bill;
    },
    [fetch, queries, stelai, operator, tabId],
  );
  useEffect(() => {
    if (!statement.error || !address) return;
    if (dropSignInAfter(statement.error, stelai, address)) setSignedIn(false);
  }, [statement.error, stelai, address]);
  const ask = useCallback(
    async (run: SigningRun) => {
      if (address) await signIn(withRun(stelai, run), address, t("statement.signIn.statement"));
    },
    [stelai, address, t],
  );

  if (statement.data) {
    return (
      <StatementView operator={operator} tabId={tabId} bill={statement.data} fetch={fetchAnew} actions={actions} />
    );
  }
  const denied = statement.error instanceof NotSignedInError || statement.error instanceof InvalidSessionError;
  if (!mayRead || denied) {
    return (
      <Card className={css.locked}>
        <p>{t("statement.elsewhere")}</p>
        <div className={css.buttons}>
          <Button variant="primary" onClick={() => setAsking(true)}>
            {t("statement.signIn.action")}
          </Button>
          {actions}
        </div>
        <SigningSheet
          open={asking}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            setSignedIn(address !== undefined && resumeSignIn(stelai, address));
          }}
          title={t("statement.signIn.title")}
          action={t("statement.signIn.action")}
          kind="signature"
          onSign={ask}
          sending={{ label: t("statement.signIn.sending"), seconds: 2 }}
          explain={(error) => ({ ...explain(error), money: "untouched" })}
          terms={{
            get: t("statement.signIn.get"),
            now: t("statement.signIn.now"),
            to: t("statement.signIn.to"),
            undo: t("statement.signIn.undo"),
            cost: t("statement.signIn.cost"),
          }}
        />
      </Card>
    );
  }
  if (statement.error) {
    const { what, technical } = explain(statement.error);
    return (
      <ErrorState
        what={what}
        money="untouched"
        technical={technical}
        actions={
          <>
            <Button onClick={() => void statement.refetch()}>{t("statement.again")}</Button>
            {actions}
          </>
        }
      >
        {t("statement.unreachable")}
      </ErrorState>
    );
  }
  const of = session ? Number(session.snapshot.sequence) : 0;
  return (
    <div className={css.skeleton}>
      <p className={css.muted} role="status">
        {of > 0 ? t("statement.loadingOf", { receipt: loaded, of }) : t("statement.loading", { entries: loaded })}
      </p>
      <Skeleton height="4.5rem" />
      <Skeleton height="20rem" />
    </div>
  );
}
