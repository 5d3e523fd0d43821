import "./words.ts";
import type { ShareRequest } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { LinkBox } from "./LinkBox.tsx";
import { RemoveShare } from "./RemoveShare.tsx";
import css from "./Shares.module.css";
import { isOf, kindOf, pictureOf } from "./shared.ts";
import { useShares } from "./useShares.ts";

export interface ShareDialogProps {
  what: ShareRequest;
  /** What it is called; of what was made its prompt is nobody else's business. */
  title?: string;
  onClose: () => void;
}

/** Makes a link to send around, says before what becomes public by it, and shows what others will see. */
export default function ShareDialog({ what, title: named, onClose }: ShareDialogProps) {
  const t = useT();
  const title = named ?? t("shares.made");
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const { status, require } = useSignIn();
  const shares = useShares();
  const kind = kindOf(what);
  const make = useMutation({
    mutationFn: async () => {
      await require("shares.signInWhy");
      return stelai.rewards.share(what);
    },
    onSuccess: () => invalidate("mine"),
  });
  // What is shared already is shown at once: the same shared again is the same link.
  const share = make.data ?? shares.data?.find((one) => isOf(one, what));
  const isLoading = status === "loading" || (status === "in" && shares.isPending);
  const failed = make.error && !(make.error instanceof StoppedError) ? make.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`shares.title.${kind}`)}
      description={t(`shares.what.${kind}`)}
      foot={
        share ? (
          <Button onClick={onClose}>{t("shares.done")}</Button>
        ) : (
          <>
            <Button variant="primary" disabled={isLoading || make.isPending} onClick={() => make.mutate()}>
              {t(make.isPending ? "shares.making" : "shares.make")}
            </Button>
            <Button onClick={onClose}>{t("shares.not")}</Button>
          </>
        )
      }
    >
      <div className={css.sheet}>
        {kind === "generation" && <p className={css.public}>{t("shares.public.generation")}</p>}
        {share ? (
          <>
            <LinkBox url={share.url} title={title} />
            <Preview url={share.url} title={title} />
            <p className={css.muted}>{t("shares.undo")}</p>
            <div>
              <RemoveShare id={share.id} onRemoved={onClose} />
            </div>
          </>
        ) : (
          <p className={css.muted}>{t("shares.undo")}</p>
        )}
        {kind === "generation" && (
          <p className={css.muted}>
            {t("shares.earns")} {share && <Link href="/contributions">{t("shares.toContributions")}</Link>}
          </p>
        )}
        {failed && <Failed error={failed} onAgain={() => make.mutate()} />}
      </div>
    </Dialog>
  );
}

/** The picture that goes with the link, as others will see it. */
function Preview({ url, title }: { url: string; title: string }) {
  const t = useT();
  const [state, setState] = useState<"loading" | "shown" | "gone">("loading");
  if (state === "gone") return <p className={css.muted}>{t("shares.previewGone")}</p>;
  return (
    <figure className={css.preview}>
      <figcaption className={css.muted}>{t("shares.preview")}</figcaption>
      {state === "loading" && <Skeleton height="1em" />}
      <img
        src={pictureOf(url)}
        alt={t("shares.previewOf", { title })}
        width={1200}
        height={630}
        onLoad={() => setState("shown")}
        onError={() => setState("gone")}
      />
    </figure>
  );
}
