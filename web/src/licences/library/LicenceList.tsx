import "../words.ts";
import type { OrderView } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { groupsOf } from "./groups.ts";
import css from "./LicenceList.module.css";
import { LicenceRow } from "./LicenceRow.tsx";
import { useMyLicences } from "./useMyLicences.ts";

function Rows({ orders }: { orders: readonly OrderView[] }) {
  return (
    <ul className={css.rows}>
      {orders.map((order) => (
        <li key={String(order.licenceId)}>
          <LicenceRow order={order} />
        </li>
      ))}
    </ul>
  );
}

/** The account's licences: under way first, then held, then, folded, those that were refunded. */
export default function LicenceList() {
  const t = useT();
  const mine = useMyLicences();
  if (mine.error && !mine.data) {
    const failed = explain(mine.error);
    return (
      <ErrorState
        what={failed.what}
        money="untouched"
        technical={failed.technical}
        actions={<Button onClick={() => void mine.refetch()}>{t("chat.again")}</Button>}
      >
        {t("licences.indexDown")}
      </ErrorState>
    );
  }
  if (!mine.data) {
    return (
      <div className={css.rows} aria-busy>
        <Skeleton height="9rem" />
        <Skeleton height="9rem" />
      </div>
    );
  }
  const { open, held, over } = groupsOf(mine.data.pages.flatMap(({ orders }) => orders));
  if (open.length + held.length + over.length === 0) {
    return (
      <EmptyState
        title={t("licences.empty")}
        actions={
          <ButtonLink href="/market" variant="primary">
            {t("licences.toMarket")}
          </ButtonLink>
        }
      >
        {t("licences.emptyText")}
      </EmptyState>
    );
  }
  return (
    <div className={css.groups}>
      {open.length > 0 && (
        <section aria-labelledby="licences-open">
          <h2 id="licences-open">{t("licences.open")}</h2>
          <Rows orders={open} />
        </section>
      )}
      {held.length > 0 && (
        <section aria-labelledby="licences-held">
          <h2 id="licences-held">{t("licences.held")}</h2>
          <Rows orders={held} />
        </section>
      )}
      {over.length > 0 && (
        <details className={css.over}>
          <summary>{t("licences.over", { count: over.length })}</summary>
          <Rows orders={over} />
        </details>
      )}
      {mine.hasNextPage && (
        <div>
          <Button disabled={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
            {t("licences.more")}
          </Button>
        </div>
      )}
    </div>
  );
}
