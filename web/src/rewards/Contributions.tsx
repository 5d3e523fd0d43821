import type { Deed, Stelai } from "@stelai/sdk";
import { useCallback, useState } from "react";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { shownCredits } from "./amounts.ts";
import css from "./Books.module.css";
import { ClaimButton } from "./ClaimButton.tsx";
import { useContributions } from "./queries.ts";

const TONES: Readonly<Record<Deed["state"], Tone>> = {
  ready: "held",
  granted: "held",
  claimed: "live",
  tooEarly: "plain",
  refused: "lost",
};

/** What the account did that bonus credits are given for, and the claim of what is ready. */
export function Deeds() {
  const t = useT();
  const { data, error, refetch } = useContributions();
  if (error && !data) return <Failed error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="12rem" />;
  const { campaign, deeds } = data;
  return (
    <>
      {campaign ? (
        <p className={css.muted}>
          {t(campaign.left > 0n ? "contributions.left" : "contributions.leftNone", {
            left: shownCredits(campaign.left),
            daily: shownCredits(campaign.daily),
            perAccount: shownCredits(campaign.perAccount),
          })}
        </p>
      ) : (
        <p className={css.muted}>{t("contributions.noCampaign")}</p>
      )}
      {deeds.length === 0 ? (
        <EmptyState title={t("contributions.empty")}>{t("contributions.emptyText")}</EmptyState>
      ) : (
        <ul className={css.list}>
          {deeds.map((deed) => (
            <DeedRow key={deed.deed} of={deed} />
          ))}
        </ul>
      )}
    </>
  );
}

function DeedRow({ of: { deed, kind, title, amount, state, reason, at } }: { of: Deed }) {
  const t = useT();
  const [isDone, setDone] = useState(false);
  const shown = shownCredits(amount);
  const send = useCallback(
    (stelai: Stelai, by: "sponsored" | "wallet") => stelai.rewards.claimContribution({ deed, by }),
    [deed],
  );
  // The operator learns of the claim a moment after the chain.
  const now = isDone ? "claimed" : state;
  return (
    <li className={css.deed}>
      <div className={css.what}>
        <span className={css.title} translate="no">
          {title}
        </span>
        <span className={css.row}>
          <span className={css.muted}>
            {t(`contributions.kind.${kind}`)} · {formatDay(at)}
          </span>
          <Badge tone={TONES[now]}>{t(`contributions.state.${now}`)}</Badge>
        </span>
        {reason && !isDone && (
          <span className={css.muted} translate="no">
            {reason}
          </span>
        )}
        {isDone && <span role="status">{t("contributions.claimed", { amount: shown })}</span>}
      </div>
      {now === "ready" || now === "granted" ? (
        <ClaimButton
          action={t("contributions.claim", { amount: shown })}
          label={t("contributions.claimOf", { amount: shown, title })}
          waiting={t("contributions.claiming")}
          amount={shown}
          intent={{ id: "rewards.intent.claim", values: { amount: shown } }}
          sheet={{ title: t("contributions.sheet.title"), action: t("contributions.sheet.action") }}
          send={send}
          onDone={() => setDone(true)}
        />
      ) : (
        <span className={css.muted}>
          <Amount micro={amount} rounding="down" usd={false} />
        </span>
      )}
    </li>
  );
}
