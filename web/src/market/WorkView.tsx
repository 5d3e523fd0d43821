import type { OfferView } from "@stelai/sdk";
import { lazy, Suspense, useState } from "react";
import { isAddressEqual } from "viem";
import { ReportDialog } from "../chat/ReportDialog.tsx";
import { useT } from "../i18n/react.tsx";
import type { ReviewSubject } from "../reviews/subject.ts";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { Family } from "./Family.tsx";
import { MoreWorks } from "./MoreWorks.tsx";
import { cheapest, tiersOf } from "./offers.ts";
import { Provenance } from "./Provenance.tsx";
import { creditsText } from "./price.ts";
import { Tiers } from "./Tiers.tsx";
import { useTierWords } from "./tierWords.ts";
import { useMyLicence } from "./useMyLicence.ts";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";
import { WorkAbout } from "./WorkAbout.tsx";
import { WorkReviews } from "./WorkReviews.tsx";
import { WorkStage } from "./WorkStage.tsx";

const BuySheet = lazy(() => import("./BuySheet.tsx"));
const ShareButton = lazy(() => import("../shares/ShareButton.tsx"));
const OwnFile = lazy(() => import("../licences/order/OwnFile.tsx"));
const ResaleSection = lazy(() => import("../licences/ResaleSection.tsx").then((it) => ({ default: it.ResaleSection })));

/** Everything of a work: preview, licences side by side, where it comes from, what buyers say, what is like it. */
export function WorkView({ details, title }: { details: Details; title: string }) {
  const t = useT();
  const wallet = useWallet();
  const words = useTierWords();
  const [buying, setBuying] = useState<OfferView>();
  const [isReporting, setReporting] = useState(false);
  const { work, offers } = details;
  const held = useMyLicence(work.workId);
  const isOwner = wallet.address !== undefined && isAddressEqual(wallet.address, work.owner);
  const subject: ReviewSubject = { kind: "work", id: work.workId, name: title, owner: work.owner };
  // A wallet is asked for at the act, which then goes on.
  const buy = (offer: OfferView) =>
    void wallet.require().then(
      () => setBuying(offer),
      (error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      },
    );
  const maySell = !isOwner && !work.suspended;
  const first = maySell ? cheapest(offers) : undefined;
  return (
    <>
      <div className={css.work}>
        <WorkStage work={work} title={title} />
        <section className={css.buy} aria-labelledby="tiers-title">
          <h2 id="tiers-title">{t("tiers.title")}</h2>
          {work.suspended && (
            <p className={css.note} role="note">
              {t("work.suspended")}
            </p>
          )}
          {isOwner && (
            <div className={css.note} role="note">
              <span>{t("work.owned")}</span>
              <ButtonLink size="small" href={`/works/${work.workId}/manage`}>
                {t("work.manage")}
              </ButtonLink>
              <Suspense>
                <OwnFile workId={work.workId} title={title} />
              </Suspense>
            </div>
          )}
          {held && (
            <div className={css.note} role="note">
              <span>{t("work.holds")}</span>
              <ButtonLink size="small" href={`/licences/${held.licenceId}`}>
                {t("work.toLicence")}
              </ButtonLink>
            </div>
          )}
          <Tiers tiers={tiersOf(offers)} onBuy={maySell ? buy : undefined} />
          <Suspense>
            <ResaleSection workId={work.workId} />
          </Suspense>
        </section>
        <div className={css.about}>
          <WorkAbout work={work} />
          <div className={css.acts}>
            {!work.suspended && (
              <Suspense>
                <ShareButton what={{ workId: work.workId }} title={title} />
              </Suspense>
            )}
            <Button variant="quiet" size="small" onClick={() => setReporting(true)}>
              {t("report.work")}
            </Button>
          </div>
        </div>
        <div className={css.trust}>
          <Provenance work={work} />
          <Family details={details} />
        </div>
        <div className={css.reviews}>
          <WorkReviews subject={subject} />
        </div>
      </div>
      <MoreWorks work={work} />
      {first && (
        <div className={css.bar}>
          <span>
            {t(`tier.${first.tier}`)} · {words.length(first.duration)}
          </span>
          <Button variant="primary" onClick={() => buy(first)}>
            {t("tier.buy", { price: creditsText(first.price) })}
          </Button>
        </div>
      )}
      {buying && (
        <Suspense>
          <BuySheet offer={buying} title={title} onClose={() => setBuying(undefined)} />
        </Suspense>
      )}
      <ReportDialog about={{ workId: work.workId }} open={isReporting} onClose={() => setReporting(false)} />
    </>
  );
}
