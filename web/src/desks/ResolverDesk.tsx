import type { OrderView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { Pager, usePages } from "../creator/manage/Pager.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { formatSpan } from "../selling/span.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Amount } from "../ui/Amount.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Desk, RoleNote } from "./Desk.tsx";
import css from "./Desks.module.css";
import { DisputeCase } from "./DisputeCase.tsx";
import { Queue } from "./Queue.tsx";
import { useRole } from "./useRole.ts";

const HREF = "/desks/resolver";

/** Disputes, the one that time decides first on top; and the case that is looked at. */
export function ResolverDesk() {
  const t = useT();
  const stelai = useStelai();
  const held = useRole("RESOLVER");
  const pages = usePages();
  const [search] = useSearchParams();
  const chosen = search.get("case");
  const id = chosen && /^[1-9]\d{0,14}$/.test(chosen) ? BigInt(chosen) : undefined;
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "disputes", pages.after),
    queryFn: ({ signal }) => stelai.market.listOrders({ status: "Disputed", after: pages.after, signal }),
    refetchInterval: 10_000,
  });
  const queue = (
    <>
      <RoleNote of="RESOLVER" held={held} />
      {error && !data ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Skeleton height="12rem" />
      ) : data.orders.length === 0 && pages.number === 1 ? (
        <EmptyState title={t("desk.nothing")}>{t("desk.noDisputes")}</EmptyState>
      ) : (
        <>
          <Queue
            label={t("desk.disputes")}
            current={chosen ?? undefined}
            items={data.orders.map((order) => ({
              key: String(order.licenceId),
              href: `${HREF}?case=${order.licenceId}`,
              content: <DisputeItem order={order} />,
            }))}
          />
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </>
  );
  return (
    <Desk
      href={HREF}
      queue={queue}
      case={
        id === undefined
          ? undefined
          : { key: String(id), content: <DisputeCase key={String(id)} licenceId={id} held={held} /> }
      }
    />
  );
}

function DisputeItem({ order: { licenceId, title, tier, price, deadline } }: { order: OrderView }) {
  const t = useT();
  const now = useChainNow();
  const left = deadline === null ? 0n : deadline - now + 1n;
  return (
    <>
      <span className={css.itemTitle} translate="no">
        {title ?? t("desk.licence", { id: String(licenceId) })}
      </span>
      <span className={css.note}>
        {t(`desk.tier.${tier}`)} · <Amount micro={price} usd={false} />
      </span>
      <span className={css.note}>
        {left > 0n ? t("desk.refundsIn", { left: formatSpan(left) }) : t("desk.refundDue")}
      </span>
    </>
  );
}
