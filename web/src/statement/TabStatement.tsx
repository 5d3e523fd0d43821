import { InvalidSessionError, NotSignedInError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import type { MyTab } from "../tabs/myTabs.ts";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Statement.module.css";
import { StatementView } from "./StatementView.tsx";
import type { Fetch } from "./useCheck.ts";

/** The statement of a tab of one's own: with its session key, or signed in as its payer. */
export function TabStatement({ tab, actions }: { tab: MyTab; actions?: ReactNode }) {
  const t = useT();
  const stelai = useStelai();
  const queries = useQueryClient();
  const { status, require, dropAfter } = useSignIn();
  const { operator, tabId, session } = tab;
  const [loaded, setLoaded] = useState(0);
  const sessionKey = session?.account;
  const mayRead = sessionKey !== undefined || status === "in";

  const fetch = useCallback<Fetch>(
    (onProgress) => stelai.statement.getFullStatement({ operator, tabId, sessionKey, onProgress }),
    [stelai, operator, tabId, sessionKey],
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
    if (statement.error) dropAfter(statement.error);
  }, [statement.error, dropAfter]);

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
          <Button variant="primary" onClick={() => void require("statement.signIn.why").catch(() => undefined)}>
            {t("statement.signIn.action")}
          </Button>
          {actions}
        </div>
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
