import "../credits/buyingWords.ts";
import { useStelai } from "@stelai/sdk/react";
import type { Address } from "viem";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { useReferrer } from "../referrer/useReferrer.ts";
import { LinkBox } from "../shares/LinkBox.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Link } from "../ui/Link.tsx";
import { Meter } from "../ui/Meter.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import { shownCredits, shownPercent } from "./amounts.ts";
import css from "./Books.module.css";
import { PersonCell } from "./PersonCell.tsx";
import { useReferral, useReferred } from "./queries.ts";

/** The account's own link, to be handed on. */
export function YourLink({ account }: { account: Address }) {
  const t = useT();
  const stelai = useStelai();
  return (
    <section className={css.section} aria-labelledby="your-link">
      <h2 id="your-link">{t("referrals.link")}</h2>
      <LinkBox
        url={stelai.rewards.inviteUrl(account)}
        title={t("referrals.shareTitle")}
        text={t("referrals.shareText")}
        codeLabel={t("referrals.code")}
      />
      <p className={css.muted}>{t("referrals.linkText")}</p>
    </section>
  );
}

/** What a referral brings both sides, and how much of it one account can get; of an account also what it got. */
export function ReferralTerms({ account }: { account: Address | undefined }) {
  const t = useT();
  const { data, error, refetch } = useReferral(account);
  return (
    <section className={css.section} aria-labelledby="referral-terms">
      <h2 id="referral-terms">{t("referrals.terms")}</h2>
      {data ? (
        <>
          <Terms {...data.terms} />
          {account && (
            <Meter
              label={t("referrals.earned")}
              used={{ micro: data.earned }}
              held={{ micro: 0n }}
              cap={{ micro: data.terms.cap }}
            />
          )}
        </>
      ) : error ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : (
        <Skeleton height="9rem" />
      )}
    </section>
  );
}

function Terms({ referrerBps, refereeBps, cap }: { referrerBps: number; refereeBps: number; cap: bigint }) {
  const t = useT();
  if (referrerBps === 0 && refereeBps === 0) return <p>{t("referrals.nothing")}</p>;
  return (
    <ul className={css.rules}>
      {referrerBps > 0 && <li>{t("referrals.you", { percent: shownPercent(referrerBps) })}</li>}
      {refereeBps > 0 && <li>{t("referrals.they", { percent: shownPercent(refereeBps) })}</li>}
      <li>{t("referrals.cap", { cap: shownCredits(cap) })}</li>
      <li>{t("referrals.margin")}</li>
      <li>{t("referrals.binds")}</li>
      <li>{t("referrals.spend")}</li>
    </ul>
  );
}

/** Whom the account sent, and what each of them brought. */
export function Sent({ account }: { account: Address }) {
  const t = useT();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useReferred(account);
  const rows = data?.pages.flatMap(({ referred }) => referred);
  return (
    <section className={css.section} aria-labelledby="sent">
      <h2 id="sent">{t("referrals.sent")}</h2>
      {error && !rows ? (
        <>
          <p className={css.muted}>{t("referrals.behind")}</p>
          <Failed error={error} onAgain={() => void refetch()} />
        </>
      ) : !rows ? (
        <Skeleton height="9rem" />
      ) : rows.length === 0 ? (
        <EmptyState title={t("referrals.sentEmpty")}>{t("referrals.sentEmptyText")}</EmptyState>
      ) : (
        <Table
          caption={t("referrals.sent")}
          hideCaption
          rows={rows}
          rowKey={({ account: { address } }) => address}
          columns={[
            { key: "who", label: t("referrals.who"), cell: (row) => <PersonCell account={row.account} /> },
            { key: "since", label: t("referrals.since"), cell: ({ since }) => formatDay(Number(since)) },
            {
              key: "earned",
              label: t("referrals.brought"),
              end: true,
              cell: ({ earned }) => <Amount micro={earned} rounding="down" usd={false} />,
            },
          ]}
        />
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("referrals.more")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Who sent the account: decided for good, or kept in this browser for the first purchase. */
export function SentBy({ account }: { account: Address }) {
  const t = useT();
  const { data } = useReferral(account);
  const kept = useReferrer();
  const person = data?.referrer ?? (data && !data.isBound ? kept.referrer : undefined) ?? undefined;
  const name = useNameOfPerson(person);
  return (
    <section className={css.section} aria-labelledby="sent-by">
      <h2 id="sent-by">{t("referrals.by")}</h2>
      {!data ? (
        <Skeleton height="3rem" />
      ) : !person ? (
        <p>{t(data.isBound ? "referrals.byNobody" : "referrals.byNone")}</p>
      ) : (
        <>
          <p>
            <Link href={`/people/${person}`} translate="no">
              {name}
            </Link>
          </p>
          <p className={css.muted}>{t(data.isBound ? "referrals.byThem" : "referrals.byNext")}</p>
          {!data.isBound && (
            <div>
              <Button size="small" onClick={kept.drop}>
                {t("referrer.drop")}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
