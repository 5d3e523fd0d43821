import type { OfferView } from "@stelai/sdk";
import { BOND_BPS } from "@stelai/sdk";
import { stelaiKey, useOperator, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useRef, useState } from "react";
import type { Address } from "viem";
import { useLocation } from "wouter";
import { PayingSheet } from "../access/PayingSheet.tsx";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { checkOffer, deliveredBy, successorOf } from "./offers.ts";
import { creditsText } from "./price.ts";
import { DeliveredLine, MayAndMayNot } from "./Tiers.tsx";
import { isStandard, useTierWords } from "./tierWords.ts";
import { useWork } from "./useWork.ts";
import css from "./Work.module.css";

export interface BuySheetProps {
  /** As it was shown when the button was pressed. */
  offer: OfferView;
  title: string;
  onClose: () => void;
}

/**
 * Buys a licence into escrow with one transaction, and leads to its order. What is shown is held against the chain until
 * it is signed; a new price, or another offer in its place, is told and agreed to first. Drawn only while open.
 */
export default function BuySheet({ offer: shown, title, onClose }: BuySheetProps) {
  const t = useT();
  const act = useAct();
  const words = useTierWords();
  const [, go] = useLocation();
  const { contracts } = useAppConfig();
  const [agreed, setAgreed] = useState(shown);
  const bought = useRef<bigint>(undefined);
  const { hold, refresh } = useHold(agreed, setAgreed, onClose);
  const stranger = useStranger(agreed.attestor);
  const { tier, price, duration } = agreed;
  const amount = creditsText(price);

  const buy = useCallback(
    async (run: SigningRun) => {
      const { offerId, workId, attestor, termsHash } = agreed;
      const pinned = { offerId, workId, tier: agreed.tier, duration: agreed.duration, attestor, termsHash };
      const intent = { id: "licence.intent.buy", values: { title } } as const;
      const { licenceId } = await act(run, intent, (stelai) => stelai.market.buy({ ...pinned, price: agreed.price }));
      bought.current = licenceId;
    },
    [act, agreed, title],
  );

  return (
    <PayingSheet
      onClose={onClose}
      onDone={() => {
        onClose();
        if (bought.current !== undefined) go(`/licences/${bought.current}`);
      }}
      due={price * WEI_PER_MICROCREDIT}
      title={t("buy.title", { tier })}
      action={t("buy.action", { price: amount })}
      kind="transaction"
      onSign={buy}
      sending={{ label: t("buy.sending"), seconds: 5 }}
      explain={(error) => {
        refresh();
        return explain(error);
      }}
      lead={stranger.lead}
      instead={hold ?? stranger.hold}
      after={
        <details className={css.allowed} {...(!isStandard(agreed) && { open: true })}>
          <summary>{t("buy.allowed")}</summary>
          <MayAndMayNot offer={agreed} />
        </details>
      }
      terms={{
        get: t("buy.get", { tier, title, duration: words.lengthInside(duration) }),
        now: t("buy.now", { price: amount }),
        to: (
          <>
            <p>
              {t("buy.to")} <Hash value={contracts.Licenses} what={t("buy.to")} />
            </p>
            <DeliveredLine attestor={agreed.attestor} />
          </>
        ),
        until: t("buy.until"),
        undo: t("buy.undo", {
          bond: formatCredits((price * WEI_PER_MICROCREDIT * BOND_BPS) / 10_000n, { rounding: "up" }),
        }),
        cost: t("pass.cost"),
      }}
    />
  );
}

/**
 * Says that this page's operator is not who delivers, and has the person say that they know who does: whoever an offer
 * names says alone that the file was delivered, and can be the seller.
 */
function useStranger(attestor: Address): { lead?: ReactNode; hold?: ReactNode } {
  const t = useT();
  const operator = useOperator();
  const [known, setKnown] = useState<string>();
  const by = deliveredBy(attestor, operator.data?.operator);
  if (by === "here") return {};
  const note = (text: string) => (
    <p className={css.muted} role="status">
      {text}
    </p>
  );
  if (by === "unknown" && operator.isPending) return { hold: note(t("buy.attestor.reading")) };
  // What was ticked holds for these words about this one: another offer in its place can name another.
  const about = `${by} ${attestor}`;
  const isKnown = known === about;
  return {
    lead: (
      <div className={css.changed}>
        <p role="alert">{t(`buy.attestor.${by}`)}</p>
        <label className={css.tick}>
          <input
            type="checkbox"
            checked={isKnown}
            onChange={(event) => setKnown(event.target.checked ? about : undefined)}
          />
          {t("buy.attestor.know")}
        </label>
      </div>
    ),
    hold: isKnown ? undefined : note(t("buy.attestor.first")),
  };
}

/** In place of the sheet's buttons, until the chain bears out what is shown. */
function useHold(agreed: OfferView, onAgreed: (offer: OfferView) => void, onClose: () => void) {
  const t = useT();
  const stelai = useStelai();
  const { offerId, workId } = agreed;
  const onChain = useQuery({
    queryKey: stelaiKey(stelai, "offer", String(offerId)),
    queryFn: () => stelai.market.getOffer({ offerId }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: 5_000,
  });
  const inIndex = useWork(workId);
  const refresh = () => {
    void onChain.refetch();
    void inIndex.refetch();
  };
  const offers = inIndex.data?.offers ?? [];
  const check = checkOffer(agreed, onChain.data, onChain.isError);
  const note = (text: string) => (
    <p className={css.muted} role="status">
      {text}
    </p>
  );
  const confirm = (text: string, next: OfferView) => (
    <div className={css.changed}>
      <p role="status">{text}</p>
      <Button variant="primary" onClick={() => onAgreed(next)}>
        {next.termsHash === agreed.termsHash ? t("buy.agree", { price: creditsText(next.price) }) : t("buy.agreeTerms")}
      </Button>
    </div>
  );
  const gone = (text: string) => (
    <div className={css.changed}>
      <p role="status">{text}</p>
      <Button onClick={onClose}>{t("buy.back")}</Button>
    </div>
  );
  const priceWords = (after: bigint) =>
    t("buy.changed", { before: creditsText(agreed.price), after: creditsText(after) });
  const hold = (): ReactNode => {
    switch (check.state) {
      case "reading":
        return note(t("buy.reading"));
      case "unread":
        return note(t("buy.unread"));
      case "differs":
        return gone(t(`buy.differs.${check.what}`));
      case "changed":
        return confirm(priceWords(check.price), { ...agreed, price: check.price });
      case "termsChanged":
        return confirm(t("buy.termsChanged"), { ...agreed, ...onChain.data, state: "open" });
      case "gone": {
        const next = check.why === "suspended" ? undefined : successorOf(agreed, offers);
        if (!next) return gone(t(`buy.gone.${check.why}`));
        return confirm(next.price === agreed.price ? t("buy.replaced") : priceWords(next.price), next);
      }
      case "agreed": {
        // Which licences stand in the way, the chain keeps no list of: the index does.
        const isTaken = offers.some((one) => one.offerId === offerId && one.state === "taken");
        return isTaken ? gone(t("buy.gone.taken")) : undefined;
      }
    }
  };
  return { hold: hold(), refresh };
}
