import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { isAddressEqual } from "viem";
import { useT } from "../../i18n/react.tsx";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Button } from "../../ui/Button.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { clockOf } from "../clock.ts";
import { hasEnded, type Licence } from "../facts.ts";
import { stepsOf } from "../steps.ts";
import { useFile } from "../useFile.ts";
import { useBond, useDelivery } from "../useLicence.ts";
import { creditsText, useLicenceWords } from "../useWords.ts";
import { DeliveryLine } from "./DeliveryLine.tsx";
import { FileState } from "./FileState.tsx";
import { KeptWords } from "./KeptWords.tsx";
import css from "./Order.module.css";
import { OrderClock } from "./OrderClock.tsx";
import { Said } from "./Said.tsx";
import { StepList } from "./StepList.tsx";

const AcceptSheet = lazy(() => import("./AcceptSheet.tsx").then((it) => ({ default: it.AcceptSheet })));
const DisputeSheet = lazy(() => import("./DisputeSheet.tsx").then((it) => ({ default: it.DisputeSheet })));
const ConcludeSheet = lazy(() => import("./ConcludeSheet.tsx").then((it) => ({ default: it.ConcludeSheet })));

type Sheet = { at: "accept" } | { at: "conclude" } | { at: "dispute"; found: string | undefined };

/** Whether the connected account holds a licence, or, of a refunded one, held it last. */
export function useIsMine(licence: Licence | undefined): boolean {
  const { address } = useWallet();
  return address !== undefined && licence?.holder !== undefined && isAddressEqual(address, licence.holder);
}

/** An order: its steps, what time decides, and what its holder, or anyone, can do about it now. */
export function OrderPanel({ licence }: { licence: Licence }) {
  const t = useT();
  const now = useChainNow();
  const wallet = useWallet();
  const isMine = useIsMine(licence);
  const { licenceId, status, price, evidenceURI, events } = licence;
  const words = useLicenceWords()(licence, now);
  const clock = clockOf(licence, now);
  const delivery = useDelivery(licenceId, status === "Escrowed" || status === "Delivered" || status === "Released");
  const bond = useBond(licenceId, status === "Disputed");
  const { state, download } = useFile({ token: { licenceId }, title: words.title });
  const [sheet, setSheet] = useState<Sheet>();
  // With the bond, where there was one: that is in its history alone.
  const back = events.find(({ kind }) => kind === "Refunded")?.amount ?? undefined;
  const reason = events.find(({ kind }) => kind === "Resolved")?.text;

  const open = (next: Sheet) =>
    void wallet
      .require()
      .then(() => setSheet(next))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  const canDispute = isMine && status === "Delivered" && clock?.isDue === false;
  const hasFile = isMine && (status === "Delivered" || status === "Released") && !hasEnded(licence, now);
  // The key comes when the delivery is final; where the operator is silent about that, one may try.
  const isWaiting = delivery.data !== undefined && delivery.data.state !== "ready" && status !== "Released";
  const isFetching = state.at === "fetching";
  const isChecked = state.at === "saved";
  const shown = creditsText(price);

  return (
    <section className={css.order} aria-labelledby="order">
      <h2 id="order">{t(isMine ? "order.mine" : "order.title")}</h2>
      <StepList steps={stepsOf(licence, events, clock?.isDue)} />
      {clock && <OrderClock clock={clock} price={shown} bond={creditsText(bond.data)} />}
      {status === "Released" && <p>{t("order.over.Released", { price: shown })}</p>}
      {status === "Refunded" && (
        <p>
          {back === undefined
            ? t("order.over.RefundedUnread", { price: shown })
            : t("order.over.Refunded", { price: creditsText(back) })}
        </p>
      )}
      {state.at !== "wrong" && !clock?.isDue && (isMine || status === "Escrowed") && (
        <DeliveryLine licence={licence} delivery={delivery.data} error={delivery.error} />
      )}
      {hasFile && (
        <FileState
          state={state}
          price={price}
          onAgain={() => void download()}
          onDispute={canDispute ? (found) => open({ at: "dispute", found }) : undefined}
        />
      )}
      <div className={css.buttons}>
        {clock?.isDue && (
          <Button variant="primary" onClick={() => open({ at: "conclude" })}>
            {t(clock.decides === "Released" ? "conclude.release" : isMine ? "conclude.refund" : "conclude.refundFor", {
              price: shown,
            })}
          </Button>
        )}
        {hasFile && (
          <Button
            variant={isChecked || state.at === "wrong" || clock?.isDue ? "secondary" : "primary"}
            icon={Download}
            disabled={isFetching || isWaiting}
            onClick={() => void download()}
          >
            {t(isChecked ? "file.again" : status === "Delivered" ? "file.downloadAndCheck" : "file.download")}
          </Button>
        )}
        {isMine && status === "Delivered" && !clock?.isDue && state.at !== "wrong" && (
          <Button variant={isChecked ? "primary" : "secondary"} onClick={() => open({ at: "accept" })}>
            {t("accept.action")}
          </Button>
        )}
        {canDispute && state.at !== "wrong" && (
          <Button onClick={() => open({ at: "dispute", found: undefined })}>{t("dispute.action")}</Button>
        )}
      </div>
      {clock && !clock.isDue && <p className={css.muted}>{t("order.held", { price: shown })}</p>}
      {evidenceURI && <Said title={t("order.evidence")} uri={evidenceURI} />}
      {/* While the sheet is there, the words are on their way. */}
      {isMine && status === "Disputed" && !evidenceURI && !sheet && <KeptWords licenceId={licenceId} />}
      {reason && <Said title={t("order.reason")} uri={reason} />}
      {sheet && (
        <Suspense>
          {sheet.at === "accept" && (
            <AcceptSheet
              licence={licence}
              right={words.right}
              isChecked={isChecked}
              onClose={() => setSheet(undefined)}
            />
          )}
          {sheet.at === "dispute" && (
            <DisputeSheet licence={licence} found={sheet.found} onClose={() => setSheet(undefined)} />
          )}
          {sheet.at === "conclude" && (
            <ConcludeSheet licence={licence} isMine={isMine} onClose={() => setSheet(undefined)} />
          )}
        </Suspense>
      )}
    </section>
  );
}
