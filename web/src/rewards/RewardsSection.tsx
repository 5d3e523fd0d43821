import "./words.ts";
import type { Address } from "viem";
import { useBonus } from "../credits/useBonus.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { formatSpan } from "../selling/span.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Amount } from "../ui/Amount.tsx";
import { Badge } from "../ui/Badge.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { shownCredits } from "./amounts.ts";
import { lapseOf } from "./lapse.ts";
import { PromoField } from "./PromoField.tsx";
import { useBonusSources } from "./queries.ts";
import css from "./Rewards.module.css";

const SOURCES = ["Referrer", "Referee", "Promotion", "Contribution"] as const;

/**
 * Bonus credits on the Credits page: what there is, until when and what pushes that out, where it came from, a code, and
 * the ways to more of it.
 * @param account Of the wallet; undefined without one: then a code can still be looked up.
 */
export function RewardsSection({ account }: { account: Address | undefined }) {
  const t = useT();
  return (
    <section className={css.section} aria-labelledby="bonus-title">
      <h2 id="bonus-title">{t("bonus.title")}</h2>
      <div className={css.columns}>
        {account && <Balance account={account} />}
        <div className={css.part}>
          <h3>{t("promo.title")}</h3>
          <PromoField />
        </div>
      </div>
      <div className={css.links}>
        <ButtonLink href="/referrals">{t("bonus.toReferrals")}</ButtonLink>
        <ButtonLink href="/contributions">{t("bonus.toContributions")}</ButtonLink>
        <Link href="/campaigns">{t("bonus.toCampaigns")}</Link>
      </div>
    </section>
  );
}

function Balance({ account }: { account: Address }) {
  const t = useT();
  const now = useChainNow();
  const bonus = useBonus(account, { refetchInterval: 10_000 });
  const { data: sources } = useBonusSources(account);
  const { balance, lapsesAt } = bonus.data ?? {};
  const lapse = balance !== undefined && lapsesAt !== undefined ? lapseOf(balance, lapsesAt, now) : undefined;
  const named = sources ? SOURCES.filter((source) => sources.bySource[source] > 0n) : [];
  return (
    <div className={css.part}>
      <h3>{t("bonus.now")}</h3>
      <p className={css.big}>
        <Amount micro={balance} rounding="down" usd={false} />
      </p>
      {bonus.error && !bonus.data && <p className={css.muted}>{t("bonus.unread")}</p>}
      {lapse?.is === "soon" && (
        <p>
          <Badge tone="held">
            {t("bonus.lapsesSoon", { day: formatDay(Number(lapse.at)), left: formatSpan(lapse.left) })}
          </Badge>
        </p>
      )}
      {lapse?.is === "later" && <p>{t("bonus.lapses", { day: formatDay(Number(lapse.at)) })}</p>}
      {lapse?.is === "none" && <p>{t("bonus.none")}</p>}
      {lapse && lapse.is !== "none" && <p className={css.muted}>{t("bonus.pushOut")}</p>}
      <p className={css.muted}>{t("bonus.what")}</p>
      {sources && named.length > 0 && (
        <>
          <h3>{t("bonus.sources")}</h3>
          <dl className={css.facts}>
            {named.map((source) => (
              <div key={source}>
                <dt>{t(`bonus.source.${source}`)}</dt>
                <dd>{shownCredits(sources.bySource[source])}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
