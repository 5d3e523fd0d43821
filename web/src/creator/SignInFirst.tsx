import { type ReactNode, useEffect, useRef } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import type { MessageId } from "../locales/en/index.ts";

export interface SignInFirstProps {
  /** What it is needed for. */
  why: MessageId;
  /** When the person closes the question instead. */
  onClose: () => void;
  children: ReactNode;
}

/** What needs a sign-in with the operator: asked for where it is missing, and asked for again when it lapses. */
export function SignInFirst({ why, onClose, children }: SignInFirstProps) {
  const { status, require } = useSignIn();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (status === "out") void require(why).catch(() => close.current());
  }, [status, require, why]);
  return status === "in" ? children : null;
}
