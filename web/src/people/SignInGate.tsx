import type { ReactNode } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { StoppedError } from "../wallet/errors.ts";

export interface SignInGateProps {
  title: string;
  text: string;
  /** On the button. */
  action: string;
  /** What it is needed for, said on the sheet. */
  why: MessageId;
  /** While it is not known whether there is a sign-in. */
  skeleton: ReactNode;
  children: ReactNode;
}

/** What only the account itself may see: why, and one button, where this browser is not signed in. */
export function SignInGate({ title, text, action, why, skeleton, children }: SignInGateProps) {
  const { status, require } = useSignIn();
  const t = useT();
  if (status === "in") return children;
  if (status === "loading") return skeleton;
  const ask = () =>
    void require(why).catch((error: unknown) => {
      if (!(error instanceof StoppedError)) throw error;
    });
  return (
    <EmptyState
      title={title}
      actions={
        <Button variant="primary" onClick={ask}>
          {action}
        </Button>
      }
    >
      <p>{text}</p>
      <p>{t("people.signInCosts")}</p>
    </EmptyState>
  );
}
