import type { GetOrderReturnType, LicenceEvent, OrderView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { PreviewMedia } from "../selling/PreviewMedia.tsx";
import { formatSpan } from "../selling/span.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Amount } from "../ui/Amount.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { DecideForm, KeptReason } from "./DecideForm.tsx";
import css from "./Desks.module.css";
import { Evidence } from "./Evidence.tsx";
import type { HeldRole } from "./useRole.ts";

export interface DisputeCaseProps {
  licenceId: bigint;
  held: HeldRole | undefined;
}

/** One dispute with all that is known of it, and what happens when nobody decides. */
export function DisputeCase({ licenceId, held }: DisputeCaseProps) {
  const t = useT();
  const stelai = useStelai();
  const { data, error, refetch } = useQuery<GetOrderReturnType>({
    queryKey: stelaiKey(stelai, "disputeCase", licenceId),
    queryFn: ({ signal }) => stelai.market.getOrder({ licenceId, signal }),
    refetchInterval: 10_000,
  });
  // The chain may know of a decision before its sheet is done, which stays until then.
  const [isDeciding, setDeciding] = useState(false);
  // What can be decided is the chain's word.
  const chain = useQuery({
    queryKey: stelaiKey(stelai, "disputeOnChain", licenceId),
    queryFn: () => stelai.market.getLicence({ licenceId }),
    refetchInterval: 10_000,
  });
  if (error && !data) return <Failed error={error} onAgain={() => void refetch()} />;
  if (!data) return <Skeleton height="24rem" />;
  const { order, events } = data;
  const status = chain.data?.status ?? order.status;
  const deadline = chain.data ? chain.data.deadline : order.deadline;
  return (
    <>
      <div className={css.head}>
        <h2>
          <span translate="no">{order.title ?? t("desk.licence", { id: String(licenceId) })}</span>
        </h2>
        <Link href={`/licences/${licenceId}`}>{t("desk.openLicence")}</Link>
      </div>
      <Outcome order={order} status={status} deadline={deadline} />
      <section className={css.section} aria-labelledby="desk-evidence">
        <h3 id="desk-evidence">{t("desk.evidence")}</h3>
        {order.evidenceURI ? <Evidence uri={order.evidenceURI} /> : <p className={css.note}>{t("desk.noEvidence")}</p>}
      </section>
      <Opened licenceId={licenceId} />
      <WorkFacts order={order} />
      <section className={css.section} aria-labelledby="desk-history">
        <h3 id="desk-history">{t("desk.history")}</h3>
        <ol className={css.history}>
          {events.map((event) => (
            <HistoryLine key={`${event.transactionHash} ${event.kind}`} event={event} />
          ))}
        </ol>
      </section>
      {status !== "Disputed" && !isDeciding && <KeptReason licenceId={licenceId} />}
      {(status === "Disputed" || isDeciding) && held?.isMember && (
        <DecideForm order={order} delay={held.delay} onDeciding={setDeciding} />
      )}
    </>
  );
}

interface OutcomeProps {
  order: OrderView;
  status: OrderView["status"];
  deadline: bigint | null;
}

/** What time decides, and when; or what was decided. */
function Outcome({ order, status, deadline }: OutcomeProps) {
  const t = useT();
  const now = useChainNow();
  if (status !== "Disputed" || deadline === null) {
    const key = status === "Released" || status === "Refunded" ? status : "other";
    return (
      <p className={css.outcome} role="status">
        {t(`desk.ended.${key}`)}
      </p>
    );
  }
  const left = deadline - now + 1n;
  return (
    <div className={css.outcome}>
      <p>
        <strong>{left > 0n ? t("desk.refundsIn", { left: formatSpan(left) }) : t("desk.refundDue")}</strong>
      </p>
      <p className={css.note}>
        {t("desk.bondText")} <Amount micro={order.price} /> + <Amount micro={order.bond ?? undefined} />
      </p>
      {left > 0n && <p className={css.note}>{t("desk.until", { when: formatMoment(Number(deadline)) })}</p>}
    </div>
  );
}

/** Whether its holder ever had the key of the file: who never asked for it cannot have seen what they dispute. */
function Opened({ licenceId }: { licenceId: bigint }) {
  const t = useT();
  const stelai = useStelai();
  const { data, isError } = useQuery({
    queryKey: stelaiKey(stelai, "disputeDelivery", licenceId),
    queryFn: ({ signal }) => stelai.market.getDelivery({ licenceId, signal }),
    refetchInterval: 30_000,
    retry: 1,
  });
  if (!data) return <p className={css.note}>{t(isError ? "desk.key.unknown" : "desk.key.asking")}</p>;
  return (
    <p className={css.note}>
      {data.releasedAt === null ? t("desk.key.never") : t("desk.key.given", { when: formatMoment(data.releasedAt) })}
    </p>
  );
}

function WorkFacts({ order }: { order: OrderView }) {
  const t = useT();
  const stelai = useStelai();
  const work = useQuery({
    queryKey: stelaiKey(stelai, "disputeWork", order.workId),
    queryFn: () => stelai.works.getWork({ workId: order.workId }),
  });
  const people = [
    ["desk.holder", order.holder],
    ["desk.seller", order.seller],
    ["desk.attestor", order.attestor],
  ] as const;
  return (
    <section className={css.section} aria-labelledby="desk-facts">
      <h3 id="desk-facts">{t("desk.facts")}</h3>
      <div className={css.media}>
        <PreviewMedia title={order.title ?? t("desk.work", { id: String(order.workId) })} of={order} />
      </div>
      <dl className={css.facts}>
        <div>
          <dt>{t("desk.workTitle")}</dt>
          <dd>
            <Link href={`/works/${order.workId}`}>{t("desk.work", { id: String(order.workId) })}</Link>
          </dd>
        </div>
        <div>
          <dt>{t("desk.licenceTitle")}</dt>
          <dd>{t(`desk.tier.${order.tier}`)}</dd>
        </div>
        <div>
          <dt>{t("desk.bought")}</dt>
          <dd>{formatMoment(Number(order.boughtAt))}</dd>
        </div>
        {people.map(([label, address]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>
              <Hash value={address} what={t(label)} href={`/people/${address}`} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("desk.contentHash")}</dt>
          <dd>
            {work.data ? (
              <Hash value={work.data.contentHash} what={t("desk.contentHash")} />
            ) : (
              <Skeleton width="8rem" height="1.5rem" />
            )}
          </dd>
        </div>
        <div>
          <dt>{t("desk.termsHash")}</dt>
          <dd>
            <Hash value={order.termsHash} what={t("desk.termsHash")} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function HistoryLine({ event: { kind, at, account, text } }: { event: LicenceEvent }) {
  const t = useT();
  return (
    <li>
      {t(`desk.event.${kind}`)} · {formatMoment(Number(at))}
      {account && (
        <>
          {" · "}
          <Hash value={account} what={t("desk.account")} copy={false} />
        </>
      )}
      {kind === "Resolved" && text && <Evidence uri={text} />}
    </li>
  );
}
