import type { ReactNode } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import type { MessageId } from "../../locales/en/index.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useSteadySignIn } from "../SignInFirst.tsx";

export interface SignInGateProps {
  title: MessageId;
  /** What the sign-in is needed for. */
  why: MessageId;
  children: ReactNode;
}

/** What only a character's owner may read at the operator: behind a button that asks for one signature a month. */
export function SignInGate({ title, why, children }: SignInGateProps) {
  const t = useT();
  const { require } = useSignIn();
  const status = useSteadySignIn();
  if (status === "loading") return <Skeleton height="16rem" />;
  if (status === "in") return children;
  return (
    <EmptyState
      title={t(title)}
      actions={
        <Button variant="primary" onClick={() => void require(why).catch(() => undefined)}>
          {t("signIn.action")}
        </Button>
      }
    >
      {t(why)}
    </EmptyState>
  );
}
