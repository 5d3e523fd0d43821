import "../market/words.ts";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { useWork, useWorkOnChain } from "../market/useWork.ts";
import css from "../market/Work.module.css";
import { WorkByline } from "../market/WorkByline.tsx";
import { useTitleOf } from "../market/WorkCard.tsx";
import { WorkView } from "../market/WorkView.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";

/** A work: what it is, what its licences allow, and buying one. */
export default function WorkPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const titleOf = useTitleOf();
  const id = /^[1-9]\d{0,14}$/.test(params.id ?? "") ? BigInt(params.id ?? "") : undefined;
  const { data, error, refetch } = useWork(id);
  // The index may be behind, or down: whether there is such a work, the chain says.
  const onChain = useWorkOnChain(id, error !== null && !data);
  if (id === undefined || (!data && onChain.error)) {
    return (
      <Page title={t("work.unknown")} hideTitle>
        <EmptyState title={t("work.unknown")} actions={<ButtonLink href="/market">{t("work.toMarket")}</ButtonLink>}>
          {t("work.unknownText")}
        </EmptyState>
      </Page>
    );
  }
  if (data) {
    const title = titleOf(data.work);
    return (
      <Page title={title} lead={<WorkByline work={data.work} />}>
        <WorkView key={String(id)} details={data} title={title} />
      </Page>
    );
  }
  const title = t("work.untitled", { id: String(id) });
  if (error) {
    return (
      <Page title={title}>
        <ErrorState
          what={onChain.data ? t("work.behind") : t("work.down")}
          money="notInvolved"
          technical={explain(error).technical}
          actions={
            <>
              <Button onClick={() => void refetch()}>{t("chat.again")}</Button>
              <ButtonLink href="/library">{t("market.toLibrary")}</ButtonLink>
            </>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={title} lead={<Skeleton width="12rem" />}>
      <div className={css.work} aria-busy>
        <Skeleton height="24rem" />
        <div className={css.buy}>
          <Skeleton height="28rem" />
        </div>
      </div>
    </Page>
  );
}
