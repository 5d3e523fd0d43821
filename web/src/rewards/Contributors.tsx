import { useState } from "react";
import { isAddressEqual } from "viem";
import { Choice } from "../creator/Choice.tsx";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { shownCredits } from "./amounts.ts";
import css from "./Books.module.css";
import { IndexDown } from "./IndexDown.tsx";
import { PersonCell } from "./PersonCell.tsx";
import { type ContributorDays, useContributors } from "./queries.ts";

const DAYS = ["7", "30", "all"] as const;
type Days = (typeof DAYS)[number];
const ASKED: Readonly<Record<Days, ContributorDays>> = { "7": 7, "30": 30, all: "all" };

/** Who earned most by contributing, in a time. */
export function Contributors() {
  const t = useT();
  const { address } = useWallet();
  const [days, setDays] = useState<Days>("30");
  const { data, error, refetch } = useContributors(ASKED[days]);
  return (
    <div className={css.page}>
      <Choice
        label={t("campaigns.days")}
        value={days}
        onChange={setDays}
        options={DAYS.map((value) => ({ value, label: t(`campaigns.days.${value}`) }))}
      />
      {error && !data ? (
        <IndexDown error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Skeleton height="16rem" />
      ) : data.contributors.length === 0 ? (
        <EmptyState
          title={t("campaigns.peopleEmpty")}
          actions={<ButtonLink href="/contributions">{t("campaigns.contribute")}</ButtonLink>}
        >
          {t("campaigns.peopleEmptyText")}
        </EmptyState>
      ) : (
        <>
          <div className={css.oneLine}>
            <Table
              caption={t("campaigns.people")}
              hideCaption
              rows={data.contributors.map((one, at) => ({ ...one, rank: at + 1 }))}
              rowKey={({ account }) => account.address}
              columns={[
                { key: "rank", label: t("campaigns.person.rank"), end: true, cell: ({ rank }) => formatCount(rank) },
                {
                  key: "who",
                  label: t("campaigns.person.who"),
                  cell: ({ account }) => (
                    <span className={css.row}>
                      <PersonCell account={account} />
                      {address && isAddressEqual(account.address, address) && (
                        <Badge tone="live">{t("campaigns.person.you")}</Badge>
                      )}
                    </span>
                  ),
                },
                {
                  key: "amount",
                  label: t("campaigns.person.amount"),
                  end: true,
                  cell: ({ amount }) => shownCredits(amount),
                },
                {
                  key: "grants",
                  label: t("campaigns.person.grants"),
                  end: true,
                  cell: ({ grants }) => formatCount(grants),
                },
              ]}
            />
          </div>
          <div>
            <ButtonLink href="/contributions">{t("campaigns.contribute")}</ButtonLink>
          </div>
        </>
      )}
    </div>
  );
}
