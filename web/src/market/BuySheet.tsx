import type { OfferView } from "@stelai/sdk";
import { BOND_BPS } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useRef, useState } from "react";
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
import { checkOffer, successorOf } from "./offers.ts";
import { creditsText } from "./price.ts";
import { MayAndMayNot } from "./Tiers.tsx";
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
  const { tier, price, duration } = agreed;
  const amount = creditsText(price);

  const buy = useCallback(
    async (run: SigningRun) => {
      const { offerId, termsHash } = agreed;
      const intent = { id: "licence.intent.buy", values: { title } } as const;
      const { licenceId } = await act(run, intent, (stelai) =>
        stelai.market.buy({ offerId, price: agreed.price, termsHash }),
      );
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
      instead={hold}
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
            {t("buy.to")} <Hash value={contracts.Licenses} what={t("buy.to")} />
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
