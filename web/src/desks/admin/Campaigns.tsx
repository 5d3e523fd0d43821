import type { CampaignBooks, RoleCall } from "@stelai/sdk";
import { useState } from "react";
import { formatUsd, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { shownCredits } from "../../rewards/amounts.ts";
import { Described } from "../../rewards/Described.tsx";
import { IndexDown } from "../../rewards/IndexDown.tsx";
import { useCampaigns } from "../../rewards/queries.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { useCreditRate } from "../../ui/CreditRate.ts";
import { Input } from "../../ui/Input.tsx";
import { Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { floorOf } from "./changes.ts";
import { readBonus } from "./form.ts";
import { StartCampaign } from "./StartCampaign.tsx";

/** The campaigns that are open or to come, and for who holds CAMPAIGNS the ways to start, fund and stop one. */
export function Campaigns({ may }: { may: boolean }) {
  const t = useT();
  const { data, error, refetch } = useCampaigns();
  const running = data?.campaigns.filter(({ state }) => state !== "ended");
  return (
    <section className={css.section} aria-labelledby="admin-campaigns">
      <h2 id="admin-campaigns">{t("admin.campaigns")}</h2>
      <p className={css.note}>
        {t("admin.campaignsText")} <Link href="/campaigns">{t("admin.campaigns.books")}</Link>
      </p>
      {error && !running ? (
        <IndexDown error={error} onAgain={() => void refetch()} />
      ) : !running ? (
        <Skeleton height="9rem" />
      ) : running.length === 0 ? (
        <p>{t("admin.campaigns.none")}</p>
      ) : (
        <ul className={css.cards}>
          {running.map((one) => (
            <li key={String(one.campaignId)}>
              <Card className={css.card}>
                <Campaign of={one} may={may} />
              </Card>
            </li>
          ))}
        </ul>
      )}
      {may && <StartCampaign />}
    </section>
  );
}

function Campaign({ of, may }: { of: CampaignBooks; may: boolean }) {
  const t = useT();
  const { campaignId, state, source, budget, given, start, end, uri } = of;
  const id = String(campaignId);
  const [isFunding, setFunding] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  return (
    <>
      <div className={css.head}>
        <h3>
          <Link href={`/campaigns/${id}`}>{t("admin.campaign", { id })}</Link>
        </h3>
        <Badge tone={state === "open" ? "live" : "held"}>{t(`admin.campaign.${state}`)}</Badge>
      </div>
      <p className={css.note}>
        {t(`admin.kind.${source === "Promotion" ? "Promotion" : "Contribution"}`)} · {formatMoment(Number(start))} –{" "}
        {formatMoment(Number(end))}
      </p>
      <Described uri={uri} />
      <p>{t("admin.campaign.left", { left: shownCredits(budget), given: shownCredits(given) })}</p>
      {may && (
        <div className={css.row}>
          <Button size="small" aria-label={t("admin.call.fundCampaign", { id })} onClick={() => setFunding(!isFunding)}>
            {t("admin.fund")}
          </Button>
          <Button
            size="small"
            aria-label={t("admin.call.stopCampaign", { id })}
            onClick={() => setCall({ kind: "stopCampaign", campaignId })}
          >
            {t("admin.campaign.stop")}
          </Button>
        </div>
      )}
      {may && isFunding && <FundForm campaignId={campaignId} onClose={() => setFunding(false)} />}
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} />}
    </>
  );
}

/** Buys a budget at the floor. */
function FundForm({ campaignId, onClose }: { campaignId: bigint; onClose: () => void }) {
  const t = useT();
  const { floor } = useCreditRate();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const amount = readBonus(text);
  const cost = amount === undefined || floor === undefined ? undefined : floorOf(amount * WEI_PER_MICROCREDIT, floor);
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (amount !== undefined && cost !== undefined) {
          setCall({ kind: "fundCampaign", campaignId, amount, maxCost: cost });
        }
      }}
    >
      <Input
        label={t("admin.fund.amount")}
        hint={
          cost === undefined
            ? t("admin.fund.hint", { floor: formatUsd(floor) })
            : t("admin.fund.cost", { cost: formatUsd(cost, { rounding: "up" }), floor: formatUsd(floor) })
        }
        inputMode="decimal"
        autoComplete="off"
        value={text}
        error={tried && amount === undefined ? t("admin.problem.credits") : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={css.row}>
        <Button type="submit" variant="primary">
          {t("admin.review")}
        </Button>
        <Button onClick={onClose}>{t("admin.stop")}</Button>
      </div>
      {call && (
        <ChangeSheet
          call={call}
          after={<p className={css.note}>{t("admin.fund.allowance", { cost: formatUsd(cost, { rounding: "up" }) })}</p>}
          onClose={() => setCall(undefined)}
          onMade={onClose}
        />
      )}
    </form>
  );
}
