import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { useToast } from "../ui/Toast.tsx";
import css from "./Shares.module.css";

export interface RemoveShareProps {
  id: string;
  /** What it is of, where the button's words alone do not tell. */
  title?: string | undefined;
  onRemoved?: () => void;
}

/** Ends a share, after being asked once more. */
export function RemoveShare({ id, title, onRemoved }: RemoveShareProps) {
  const t = useT();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const echo = useToast();
  const { dropAfter } = useSignIn();
  const [isSure, setSure] = useState(false);
  const remove = useMutation({
    mutationFn: () => stelai.rewards.unshare({ id }),
    onSuccess: async () => {
      await invalidate("mine");
      echo(t("shares.removed"));
      onRemoved?.();
    },
    onError: dropAfter,
  });
  if (remove.error) return <Failed error={remove.error} onAgain={() => remove.mutate()} />;
  if (!isSure) {
    return (
      <Button
        size="small"
        aria-label={title === undefined ? undefined : t("shares.removeOf", { title })}
        onClick={() => setSure(true)}
      >
        {t("shares.remove")}
      </Button>
    );
  }
  return (
    <span className={css.row}>
      <Button size="small" variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
        {t(remove.isPending ? "shares.removing" : "shares.removeSure")}
      </Button>
      <Button size="small" disabled={remove.isPending} onClick={() => setSure(false)}>
        {t("shares.keep")}
      </Button>
    </span>
  );
}
