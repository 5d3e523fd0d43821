import type { CampaignBooks } from "@stelai/sdk";
import { formatCount, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Meter } from "../ui/Meter.tsx";
import { shownCredits } from "./amounts.ts";
import css from "./Books.module.css";
import { Described } from "./Described.tsx";

const TONES: Readonly<Record<CampaignBooks["state"], Tone>> = { upcoming: "held", open: "live", ended: "plain" };

/** Of a campaign: promotions and contributions have words of their own. */
export const kindOf = ({ source }: Pick<CampaignBooks, "source">) =>
  source === "Promotion" ? "Promotion" : "Contribution";

/** What a campaign is, what it has given and has left, and by which limits. */
export function CampaignFacts({ of }: { of: CampaignBooks }) {
  const t = useT();
  const { state, given, funded, budget, burned, start, end, perAccount, daily, costUsdc, claims, signer, uri } = of;
  const kind = kindOf(of);
  return (
    <>
      <p className={css.row}>
        <Badge tone={TONES[state]}>{t(`campaigns.state.${state}`)}</Badge>
        <span>{t(`campaigns.source.${kind}`)}</span>
      </p>
      <Described uri={uri} />
      <Meter
        label={t("campaigns.given")}
        used={{ micro: given }}
        held={{ micro: 0n }}
        cap={{ micro: funded }}
        note={
          burned > 0n
            ? t("campaigns.burned", { burned: shownCredits(burned) })
            : t("campaigns.left", { left: shownCredits(budget) })
        }
      />
      <dl className={css.facts}>
        <div>
          <dt>{t("campaigns.when")}</dt>
          <dd>
            {formatMoment(Number(start))} – {formatMoment(Number(end))}
          </dd>
        </div>
        <div>
          <dt>{t(`campaigns.perAccount.${kind}`)}</dt>
          <dd>{shownCredits(perAccount)}</dd>
        </div>
        <div>
          <dt>{t("campaigns.daily")}</dt>
          <dd>{shownCredits(daily)}</dd>
        </div>
        <div>
          <dt>{t("campaigns.cost")}</dt>
          <dd>{formatUsd(costUsdc)}</dd>
        </div>
        <div>
          <dt>{t("campaigns.claims")}</dt>
          <dd>{formatCount(claims)}</dd>
        </div>
        <div>
          <dt>{t(`campaigns.signer.${kind}`)}</dt>
          <dd>
            <Hash value={signer} what={t("campaigns.signer")} />
          </dd>
        </div>
      </dl>
    </>
  );
}
