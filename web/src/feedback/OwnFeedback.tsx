import type { Feedback, FeedbackState } from "@stelai/sdk";
import { useSignIn } from "../access/SignInProvider.tsx";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useMine } from "../people/useMine.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import css from "./Feedback.module.css";

const TONES: Readonly<Record<FeedbackState, Tone>> = { open: "held", accepted: "live", declined: "plain" };

/** What the account sent, and what was decided of it. */
export function OwnFeedback() {
  const t = useT();
  const { status, require } = useSignIn();
  const own = useMine(["feedback"], (stelai) => stelai.rewards.listFeedback(), { refetchInterval: 30_000 });
  const signIn = () =>
    void require("feedback.signInWhy").catch((error: unknown) => {
      if (!(error instanceof StoppedError)) throw error;
    });
  return (
    <section className={css.section} aria-labelledby="own-feedback">
      <h2 id="own-feedback">{t("feedback.own")}</h2>
      {status === "out" ? (
        <div className={css.row}>
          <p className={css.muted}>{t("feedback.ownSignIn")}</p>
          <Button size="small" onClick={signIn}>
            {t("feedback.signIn")}
          </Button>
        </div>
      ) : own.error && !own.data ? (
        <Failed error={own.error} onAgain={() => void own.refetch()} />
      ) : !own.data ? (
        <Skeleton height="6rem" />
      ) : own.data.length === 0 ? (
        <p className={css.muted}>{t("feedback.ownEmpty")}</p>
      ) : (
        <ul className={css.list}>
          {own.data.map((one) => (
            <Sent key={one.id} feedback={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Sent({ feedback: { text, about, state, note, sentAt } }: { feedback: Feedback }) {
  const t = useT();
  return (
    <li className={css.item}>
      <div className={css.row}>
        <Badge tone={TONES[state]}>{t(`feedback.state.${state}`)}</Badge>
        <span className={css.muted}>
          {t(`feedback.about.${about}`)} · {formatDay(Date.parse(sentAt) / 1000)}
        </span>
      </div>
      <p className={css.words} translate="no">
        {text}
      </p>
      {note && (
        <p>
          <span className={css.muted}>{t("feedback.note")}</span> <span translate="no">{note}</span>
        </p>
      )}
      {state === "accepted" && <Link href="/contributions">{t("feedback.claim")}</Link>}
    </li>
  );
}
