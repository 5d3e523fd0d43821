import type { OrderView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import manage from "../../creator/manage/Manage.module.css";
import { Pager, usePages } from "../../creator/manage/Pager.tsx";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import css from "../Selling.module.css";
import { formatSpan } from "../span.ts";

const TONES: Record<OrderView["status"], Tone> = {
  None: "plain",
  Escrowed: "held",
  Delivered: "held",
  Disputed: "held",
  Released: "live",
  Refunded: "lost",
};

/** Where an order stands, in a word. */
export function OrderStatus({ status }: Pick<OrderView, "status">) {
  const t = useT();
  return <Badge tone={TONES[status]}>{t(`sell.status.${status}`)}</Badge>;
}

/** What happens next to an order and when, and what a seller has to do about it. */
export function OrderNext({ order: { status, deadline } }: { order: OrderView }) {
  const t = useT();
  const now = useChainNow();
  if (deadline === null) return <>{t(status === "Refunded" ? "sell.next.Refunded" : "sell.next.Released")}</>;
  const left = deadline - now + 1n;
  const key = status === "Escrowed" || status === "Disputed" ? status : "Delivered";
  return <>{left > 0n ? t(`sell.next.${key}`, { left: formatSpan(left) }) : t(`sell.due.${key}`)}</>;
}

export interface OrdersTableProps {
  caption: string;
  orders: readonly OrderView[];
  /** Named where they are of several works. */
  withWork?: boolean;
}

/** Orders as their seller sees them: the licence, the price, where it stands and what comes next. */
export function OrdersTable({ caption, orders, withWork = false }: OrdersTableProps) {
  const t = useT();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={orders}
      rowKey={({ licenceId }) => String(licenceId)}
      columns={[
        {
          key: "licence",
          label: t("sell.order"),
          cell: ({ licenceId, workId, title }) => (
            <Link href={`/licences/${licenceId}`}>
              {withWork ? (
                <span translate="no">{title ?? t("sell.work", { id: String(workId) })}</span>
              ) : (
                <span className={css.oneLine}>{t("sell.licence", { id: String(licenceId) })}</span>
              )}
            </Link>
          ),
        },
        { key: "tier", label: t("sell.tier"), cell: ({ tier }) => t(`sell.tier.${tier}`) },
        {
          key: "price",
          label: t("studio.price"),
          end: true,
          cell: ({ price }) => <Amount micro={price} usd={false} />,
        },
        { key: "buyer", label: t("sell.buyer"), cell: ({ holder }) => <Hash value={holder} what={t("sell.buyer")} /> },
        { key: "bought", label: t("sell.bought"), cell: ({ boughtAt }) => formatMoment(Number(boughtAt)) },
        { key: "status", label: t("studio.state"), cell: (order) => <OrderStatus {...order} /> },
        { key: "next", label: t("sell.next"), cell: (order) => <OrderNext order={order} /> },
      ]}
    />
  );
}

/** The orders of one work, with their clocks. */
export function OrdersTab({ workId }: { workId: bigint }) {
  const t = useT();
  const stelai = useStelai();
  const pages = usePages();
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "workOrders", workId, pages.after),
    queryFn: ({ signal }) => stelai.market.listWorkOrders({ workId, after: pages.after, signal }),
    refetchInterval: 10_000,
  });
  if (error && !data) return <Failed error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="16rem" />;
  if (data.orders.length === 0 && pages.number === 1) {
    return <EmptyState title={t("sell.noOrders")}>{t("sell.noOrdersText")}</EmptyState>;
  }
  return (
    <div className={manage.section}>
      <OrdersTable caption={t("sell.orders")} orders={data.orders} />
      <p className={manage.note}>{t("sell.ordersText")}</p>
      <Pager pages={pages} next={data.next} />
    </div>
  );
}
