import "./words.ts";
import type { OrderView } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { type Address, isAddressEqual } from "viem";
import { useT } from "../i18n/react.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Amount } from "../ui/Amount.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { formatLeft } from "./clock.ts";
import { endsSoon } from "./facts.ts";
import { OwnerActs, useWhat } from "./resale/OwnerActs.tsx";
import { proceedsOf } from "./resale/proceeds.ts";
import css from "./resale/Resale.module.css";
import { type Subject, useListedLicences, useListing, useRefreshListings, useWork } from "./resale/subject.ts";
import { creditsText, momentText, percentText, useLicenceWords } from "./useWords.ts";

const BuyListedSheet = lazy(() => import("./resale/BuyListedSheet.tsx").then((it) => ({ default: it.BuyListedSheet })));

/** What somebody is about to buy. */
interface Buying {
  subject: Subject;
  /** What one gets, in words. */
  gets: string;
  /** The price that they saw, in microcredits. */
  seen: bigint;
}

interface OfferedProps extends Pick<Buying, "subject" | "gets"> {
  /** What has to be known before. */
  warning?: string | undefined;
  price: bigint;
  until: bigint;
  seller: Address;
  royaltyBps: number | undefined;
  onBuy: (buying: Buying) => void;
}

/** One thing for sale: its price, who sells it, until when, what of it is royalty; bought in one prompt. */
function Offered({ subject, gets, warning, price, until, seller, royaltyBps, onBuy }: OfferedProps) {
  const t = useT();
  const wallet = useWallet();
  const name = useNameOfPerson(seller);
  const isMine = wallet.address !== undefined && isAddressEqual(wallet.address, seller);
  const royalty = royaltyBps === undefined ? undefined : proceedsOf(price, royaltyBps, 0).royalty / 10n ** 12n;
  const open = () =>
    void wallet
      .require()
      .then(() => onBuy({ subject, gets, seen: price }))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  return (
    <div className={css.offered}>
      <div className={css.offeredWords}>
        <p>
          <strong>
            <Amount micro={price} rounding="up" />
          </strong>{" "}
          · {gets}
        </p>
        {warning && <Badge tone="lost">{warning}</Badge>}
        <p className={css.muted}>
          {t("resale.seller")}{" "}
          <Link href={`/people/${seller}`} translate="no">
            {name}
          </Link>
          , {t("resale.offerUntil", { until: momentText(until) })}
          {"licenceId" in subject.token && (
            <>
              {" · "}
              <Link href={`/licences/${subject.token.licenceId}`}>{t("certificate.title")}</Link>
            </>
          )}
        </p>
        {royaltyBps !== undefined && (
          <p className={css.muted}>
            {royaltyBps === 0
              ? t("resale.noRoyalty")
              : t("resale.royalty", { royalty: creditsText(royalty), percent: percentText(royaltyBps) })}
          </p>
        )}
      </div>
      {isMine ? (
        <Badge>{t("resale.yours")}</Badge>
      ) : (
        <Button onClick={open}>{t("resale.buy", { price: creditsText(price) })}</Button>
      )}
    </div>
  );
}

/** A licence that its holder sells on. */
function ListedLicence({
  order,
  title,
  ...rest
}: {
  order: OrderView;
  title: string;
} & Pick<OfferedProps, "royaltyBps" | "onBuy">) {
  const t = useT();
  const words = useLicenceWords();
  const now = useChainNow();
  const { tier, lastsExactly } = words(order, now);
  const left = endsSoon(order, now);
  if (!order.listing) return null;
  const { licenceId, workId, holder } = order;
  return (
    <Offered
      subject={{ token: { licenceId }, workId, title }}
      gets={t("buyListed.getLicence", { tier, until: lastsExactly })}
      warning={left === undefined ? undefined : t("buyListed.endsSoon", { left: formatLeft(left) })}
      seller={holder}
      {...rest}
      {...order.listing}
    />
  );
}

/**
 * What of a work is for sale second-hand: the work itself, and licences that their holders sell on; for its owner what
 * can be done with the work. Nothing where there is nothing to say.
 */
export function ResaleSection({ workId }: { workId: bigint }) {
  const what = useWhat();
  const refresh = useRefreshListings();
  const [buying, setBuying] = useState<Buying>();
  return (
    <>
      <ForSale workId={workId} onBuy={setBuying} />
      {/* Beside the list: it stays, and says so, when what it is about is sold to another meanwhile. */}
      {buying && (
        <Suspense>
          <BuyListedSheet
            {...buying}
            what={what(buying.subject)}
            onClose={() => {
              setBuying(undefined);
              refresh();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function ForSale({ workId, onBuy }: { workId: bigint; onBuy: OfferedProps["onBuy"] }) {
  const t = useT();
  const stelai = useStelai();
  const { address } = useWallet();
  const work = useWork(workId);
  const token = { workId };
  const listing = useListing(token);
  const licences = useListedLicences(workId);
  const details = useQuery({
    queryKey: stelaiKey(stelai, "workDetails", workId),
    queryFn: ({ signal }) => stelai.works.getDetails({ workId, signal }),
  });
  const title = details.data?.work.title ?? t("licence.untitled", { id: String(workId) });
  const isOwner = address !== undefined && work.data !== undefined && isAddressEqual(address, work.data.owner);
  if (work.isPending || licences.isPending) return <Skeleton height="6rem" />;
  const listed = licences.data ?? [];
  if (!isOwner && !listing.data && listed.length === 0 && !licences.isError) return null;
  const royaltyBps = work.data?.royaltyBps;
  const subject: Subject = { token, workId, title };
  return (
    <section className={css.section} aria-labelledby="resale">
      <h2 id="resale">{t("resale.title")}</h2>
      {(listing.data || isOwner) && (
        <div className={css.group}>
          <h3>{t("resale.work")}</h3>
          <p className={css.muted}>{t("resale.workText")}</p>
          {listing.data ? (
            <Offered
              subject={subject}
              gets={t("buyListed.getWork")}
              royaltyBps={royaltyBps}
              onBuy={onBuy}
              {...listing.data}
            />
          ) : (
            <p>{t("resale.notListed")}</p>
          )}
          {isOwner && <OwnerActs subject={subject} listed={listing.data?.price} />}
        </div>
      )}
      {listed.length > 0 && (
        <div className={css.group}>
          <h3>{t("resale.licences")}</h3>
          <p className={css.muted}>{t("resale.licencesText")}</p>
          {listed.map((order) => (
            <ListedLicence
              key={String(order.licenceId)}
              order={order}
              royaltyBps={royaltyBps}
              title={title}
              onBuy={onBuy}
            />
          ))}
        </div>
      )}
      {licences.isError && <p className={css.muted}>{t("resale.failed")}</p>}
    </section>
  );
}
