import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Card } from "../ui/Card.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Meter } from "../ui/Meter.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { shownCredits } from "./amounts.ts";
import css from "./Books.module.css";
import { IndexDown } from "./IndexDown.tsx";
import { useCampaigns } from "./queries.ts";

const WAYS = [
  ["review", "/library?tab=passes"],
  ["share", "/library"],
  ["feedback", "/feedback"],
  ["invite", "/referrals"],
] as const;

/** What bonus credits are given for, and what is left to give. */
export function HowToEarn() {
  const t = useT();
  return (
    <section className={css.section} aria-labelledby="how-to-earn">
      <h2 id="how-to-earn">{t("contributions.how")}</h2>
      <ul className={css.ways}>
        {WAYS.map(([kind, href]) => (
          <li key={kind}>
            <Card className={css.way}>
              <h3>{t(`contributions.how.${kind}`)}</h3>
              <p>{t(`contributions.how.${kind}Text`)}</p>
              <div>
                <ButtonLink size="small" href={href}>
                  {t(`contributions.how.${kind}Link`)}
                </ButtonLink>
              </div>
            </Card>
          </li>
        ))}
      </ul>
      <Budgets />
      <p className={css.muted}>{t("contributions.paid")}</p>
    </section>
  );
}

/** What the campaigns that pay for contributions have left. */
function Budgets() {
  const t = useT();
  const { data, error, refetch } = useCampaigns();
  if (error && !data) return <IndexDown error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="4rem" />;
  const open = data.campaigns.filter(({ source, state }) => source === "Contribution" && state === "open");
  if (open.length === 0) return <p>{t("contributions.noCampaign")}</p>;
  return open.map(({ campaignId, given, funded, budget, end }) => (
    <div key={String(campaignId)} className={css.what}>
      <Meter
        label={t("campaigns.given")}
        used={{ micro: given }}
        held={{ micro: 0n }}
        cap={{ micro: funded }}
        note={t("contributions.budgetLeft", { left: shownCredits(budget), funded: shownCredits(funded) })}
      />
      <span className={css.muted}>
        {t("contributions.until", { moment: formatMoment(Number(end)) })}{" "}
        <Link href={`/campaigns/${campaignId}`}>{t("contributions.books")}</Link>
      </span>
    </div>
  ));
}
