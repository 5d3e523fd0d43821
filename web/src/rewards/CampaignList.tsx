import { useT } from "../i18n/react.tsx";
import { Card } from "../ui/Card.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { shownCredits, shownPercent } from "./amounts.ts";
import css from "./Books.module.css";
import { CampaignFacts } from "./CampaignFacts.tsx";
import { IndexDown } from "./IndexDown.tsx";
import { useCampaigns } from "./queries.ts";

const RULES = ["budget", "caps", "code", "deed", "end", "spend"] as const;

/** Every campaign with its budget and spending, referrals beside them, and the rules that all of them keep. */
export function CampaignList() {
  const t = useT();
  const { data, error, refetch } = useCampaigns();
  if (error && !data) return <IndexDown error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="24rem" />;
  const { campaigns, referral } = data;
  return (
    <div className={css.page}>
      {campaigns.length === 0 ? (
        <EmptyState title={t("campaigns.none")}>{t("campaigns.noneText")}</EmptyState>
      ) : (
        <ul className={css.campaigns}>
          {campaigns.map((one) => (
            <li key={String(one.campaignId)}>
              <Card className={css.campaign}>
                <h2>{t("campaigns.one", { id: String(one.campaignId) })}</h2>
                <CampaignFacts of={one} />
                <div>
                  <ButtonLink
                    size="small"
                    href={`/campaigns/${one.campaignId}`}
                    aria-label={t("campaigns.openOf", { id: String(one.campaignId) })}
                  >
                    {t("campaigns.open")}
                  </ButtonLink>
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <section className={css.section} aria-labelledby="referrals-books">
        <h2 id="referrals-books">{t("campaigns.referrals")}</h2>
        {referral.terms && (
          <p className={css.muted}>
            {t("campaigns.referralsText", {
              referrer: shownPercent(referral.terms.referrerBps),
              referee: shownPercent(referral.terms.refereeBps),
              cap: shownCredits(referral.terms.cap),
            })}
          </p>
        )}
        <dl className={css.facts}>
          <div>
            <dt>{t("campaigns.referralsGiven")}</dt>
            <dd>{shownCredits(referral.given)}</dd>
          </div>
        </dl>
      </section>
      <section className={css.section} aria-labelledby="campaign-rules">
        <h2 id="campaign-rules">{t("campaigns.rules")}</h2>
        <ul className={css.rules}>
          {RULES.map((rule) => (
            <li key={rule}>{t(`campaigns.rule.${rule}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
