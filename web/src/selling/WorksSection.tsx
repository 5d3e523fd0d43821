import type { WorkHit } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { Address } from "viem";
import { type Sums, sumsAsText } from "../creator/earnings.ts";
import { Pager, usePages } from "../creator/manage/Pager.tsx";
import studio from "../creator/Studio.module.css";
import { formatCount, formatCredits, UNKNOWN, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { FloorRate, UsdAtFloor } from "../ui/AtFloor.tsx";
import { Badge } from "../ui/Badge.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import { OrdersTable } from "./manage/OrdersTab.tsx";
import css from "./Selling.module.css";

export interface WorksSectionProps {
  account: Address;
  /** What each brought, as it was paid out; undefined while not known. */
  earned: ReadonlyMap<bigint, Sums> | undefined;
}

/** The works of one's own, what they sold and brought, and the orders that are still open. */
export function WorksSection({ account, earned }: WorksSectionProps) {
  const t = useT();
  const heading = useId();
  const stelai = useStelai();
  const pages = usePages();
  const works = useQuery({
    queryKey: stelaiKey(stelai, "ownWorks", account, pages.after),
    queryFn: ({ signal }) => stelai.works.listWorks({ account, role: "owned", after: pages.after, signal }),
    refetchInterval: 10_000,
  });
  const sales = useQuery({
    queryKey: stelaiKey(stelai, "ownSales", account),
    queryFn: ({ signal }) => stelai.market.listSales({ account, limit: 100, signal }),
    refetchInterval: 10_000,
  });
  const open = sales.data?.orders.filter(({ deadline }) => deadline !== null) ?? [];
  return (
    <section className={studio.section} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading}>{t("sell.works")}</h2>
        <ButtonLink size="small" href="/sell">
          {t("sell.fileAction")}
        </ButtonLink>
      </div>
      {works.error && !works.data ? (
        <Failed error={works.error} onAgain={() => void works.refetch()} />
      ) : !works.data ? (
        <Skeleton height="8rem" />
      ) : works.data.works.length === 0 && pages.number === 1 ? (
        <p className={studio.note}>{t("sell.noWorks")}</p>
      ) : (
        <>
          <p className={studio.note}>
            {t("sell.worksText")} <FloorRate />
          </p>
          <WorksTable works={works.data.works} earned={earned} />
          <Pager pages={pages} next={works.data.next} />
        </>
      )}
      {open.length > 0 && (
        <>
          <h3 className={css.label}>{t("sell.openOrders")}</h3>
          <OrdersTable caption={t("sell.openOrders")} orders={open} withWork />
        </>
      )}
    </section>
  );
}

function WorksTable({ works, earned }: { works: readonly WorkHit[]; earned: WorksSectionProps["earned"] }) {
  const t = useT();
  const net = (workId: bigint) => {
    if (!earned) return UNKNOWN;
    const sums = earned.get(workId);
    return sums ? sumsAsText(sums).net : "0";
  };
  const name = ({ workId, title }: WorkHit) => title ?? t("sell.work", { id: String(workId) });
  return (
    <Table
      caption={t("sell.works")}
      hideCaption
      rows={works}
      rowKey={({ workId }) => String(workId)}
      columns={[
        {
          key: "title",
          label: t("studio.name"),
          cell: (work) => (
            <Link href={`/works/${work.workId}`}>
              <span translate="no">{name(work)}</span>
            </Link>
          ),
        },
        {
          key: "state",
          label: t("studio.state"),
          cell: ({ tiers }) =>
            tiers.length > 0 ? <Badge tone="live">{t("sell.forSale")}</Badge> : <Badge>{t("sell.notOffered")}</Badge>,
        },
        {
          key: "from",
          label: t("sell.from"),
          end: true,
          cell: ({ from }) => formatCredits(from === null ? undefined : from * WEI_PER_MICROCREDIT),
        },
        { key: "sold", label: t("sell.sold"), end: true, cell: ({ sold }) => formatCount(sold) },
        {
          key: "net",
          label: t("sell.earnedNet"),
          end: true,
          cell: ({ workId }) => <strong>{net(workId)}</strong>,
        },
        {
          key: "usd",
          label: t("studio.netUsd"),
          end: true,
          cell: ({ workId }) => <UsdAtFloor wei={earned && (earned.get(workId)?.net ?? 0n)} />,
        },
        {
          key: "actions",
          label: t("studio.actions"),
          cell: (work) => (
            <ButtonLink
              size="small"
              href={`/works/${work.workId}/manage`}
              aria-label={t("studio.manageNamed", { name: name(work) })}
            >
              {t("studio.manage")}
            </ButtonLink>
          ),
        },
      ]}
    />
  );
}
