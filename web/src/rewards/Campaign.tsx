import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import { shownCredits } from "./amounts.ts";
import css from "./Books.module.css";
import { CampaignFacts } from "./CampaignFacts.tsx";
import { IndexDown } from "./IndexDown.tsx";
import { PersonCell } from "./PersonCell.tsx";
import { useCampaigns, useClaims } from "./queries.ts";

/** One campaign: its books, and who got what of it. */
export function Campaign({ campaignId }: { campaignId: bigint }) {
  const t = useT();
  const { data, error, refetch } = useCampaigns();
  if (error && !data) return <IndexDown error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="24rem" />;
  const books = data.campaigns.find((one) => one.campaignId === campaignId);
  if (!books) return <UnknownCampaign />;
  return (
    <div className={css.page}>
      <Card className={css.campaign}>
        <CampaignFacts of={books} />
      </Card>
      <Claims campaignId={campaignId} />
      <p>
        <Link href="/campaigns">{t("campaigns.all")}</Link>
      </p>
    </div>
  );
}

/** Where an address names no campaign. */
export function UnknownCampaign() {
  const t = useT();
  return (
    <EmptyState
      title={t("campaigns.unknown")}
      actions={<ButtonLink href="/campaigns">{t("campaigns.all")}</ButtonLink>}
    >
      {t("campaigns.unknownText")}
    </EmptyState>
  );
}

function Claims({ campaignId }: { campaignId: bigint }) {
  const t = useT();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useClaims(campaignId);
  const rows = data?.pages.flatMap(({ claims }) => claims);
  return (
    <section className={css.section} aria-labelledby="claims">
      <h2 id="claims">{t("campaigns.claimsTitle")}</h2>
      {error && !rows ? (
        <IndexDown error={error} onAgain={() => void refetch()} />
      ) : !rows ? (
        <Skeleton height="9rem" />
      ) : rows.length === 0 ? (
        <p className={css.muted}>{t("campaigns.claimsEmpty")}</p>
      ) : (
        <div className={css.oneLine}>
          <Table
            caption={t("campaigns.claimsTitle")}
            hideCaption
            rows={rows}
            rowKey={({ transactionHash, account, deed }) => `${transactionHash} ${account.address} ${deed}`}
            columns={[
              { key: "who", label: t("campaigns.claim.who"), cell: ({ account }) => <PersonCell account={account} /> },
              {
                key: "amount",
                label: t("campaigns.claim.amount"),
                end: true,
                cell: ({ amount }) => shownCredits(amount),
              },
              { key: "at", label: t("campaigns.claim.at"), cell: ({ at }) => formatMoment(Number(at)) },
              {
                key: "deed",
                label: t("campaigns.claim.deed"),
                cell: ({ deed }) => (deed ? <Hash value={deed} what={t("campaigns.deed")} /> : "–"),
              },
              {
                key: "transaction",
                label: t("campaigns.claim.transaction"),
                cell: ({ transactionHash }) => <Hash value={transactionHash} what={t("campaigns.transaction")} />,
              },
            ]}
          />
        </div>
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("campaigns.more")}
          </Button>
        </div>
      )}
    </section>
  );
}
