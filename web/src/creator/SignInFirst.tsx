import { type ReactNode, useEffect, useRef } from "react";
import { type SignInControl, useSignIn } from "../access/SignInProvider.tsx";
import type { MessageId } from "../locales/en/index.ts";

/**
 * Whether the account is signed in with the operator, steadily: while that is being looked up once more, for a wallet
 * that was read anew, what it was before still holds, so that nothing that is open is torn down and loses what it has.
 */
export function useSteadySignIn(): SignInControl["status"] {
  const { status } = useSignIn();
  const known = useRef(status);
  if (status !== "loading") known.current = status;
  return known.current;
}

export interface SignInFirstProps {
  /** What it is needed for. */
  why: MessageId;
  /** When the person closes the question instead. */
  onClose: () => void;
  children: ReactNode;
}

/** What needs a sign-in with the operator: asked for where it is missing, and asked for again when it lapses. */
export function SignInFirst({ why, onClose, children }: SignInFirstProps) {
  const { require } = useSignIn();
  const status = useSteadySignIn();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (status === "out") void require(why).catch(() => close.current());
  }, [status, require, why]);
  return status === "in" ? children : null;
}
