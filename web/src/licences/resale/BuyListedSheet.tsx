import { ContractError } from "@stelai/sdk";
import { useCallback, useState } from "react";
import { PayingSheet } from "../../access/PayingSheet.tsx";
import { priceState } from "../../access/priceState.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { useNameOfPerson } from "../../people/names.ts";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { creditsText } from "../useWords.ts";
import { useCautions } from "./Cautions.tsx";
import { proceedsOf } from "./proceeds.ts";
import css from "./Resale.module.css";
import { isWork, type Subject, useListing, useWork } from "./subject.ts";

export interface BuyListedSheetProps {
  subject: Subject;
  /** "The work “…”", "licence 7 of “…”". */
  what: string;
  /** What one gets, in words. */
  gets: string;
  /** The price that the page showed, in microcredits. */
  seen: bigint;
  onClose: () => void;
}

/**
 * Buys what is listed, in one transaction. What the page showed is signed for only once the chain says the same; another
 * price is told old → new and agreed to again. Drawn only while open.
 */
export function BuyListedSheet({ subject, what, gets, seen, onClose }: BuyListedSheetProps) {
  const t = useT();
  const act = useAct();
  const { token, title, workId } = subject;
  const [agreed, setAgreed] = useState(seen);
  const listing = useListing(token, true);
  const work = useWork(workId);
  const seller = useNameOfPerson(listing.data?.seller);
  const current = listing.data === null ? 0n : listing.data?.price;
  const state = work.data || work.isError ? priceState(agreed, current, listing.isError) : "reading";
  const parts = work.data && proceedsOf(agreed, work.data.royaltyBps, 0);
  const shown = creditsText(agreed);

  const buy = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: "resale.buy.intent", values: { title } }, (stelai) =>
        stelai.market.buyListed({ ...token, price: agreed }),
      );
    },
    [act, agreed, title, token],
  );
  const cautions = useCautions(subject);
  const hold =
    state === "agreed" ? (
      cautions.hold
    ) : state === "changed" && current !== undefined ? (
      <div className={css.short}>
        <p role="status">{t("pass.priceChanged", { before: shown, after: creditsText(current) })}</p>
        <Button variant="primary" onClick={() => setAgreed(current)}>
          {t("pass.agree", { price: creditsText(current) })}
        </Button>
      </div>
    ) : (
      <p className={css.muted} role="status">
        {t(state === "reading" ? "pass.reading" : state === "unread" ? "pass.unread" : "buyListed.gone")}
      </p>
    );
  return (
    <PayingSheet
      onClose={onClose}
      due={agreed * WEI_PER_MICROCREDIT}
      title={t("buyListed.title", { what })}
      action={t("buyListed.action", { price: shown })}
      kind="transaction"
      onSign={buy}
      sending={{ label: t("buyListed.sending"), seconds: 5 }}
      explain={(error) => {
        // Somebody was faster, or the seller changed it: the sheet asks the chain again and says which.
        if (error instanceof ContractError) void listing.refetch();
        return explain(error);
      }}
      instead={hold}
      lead={cautions.lead}
      terms={{
        get: gets,
        now: t("buyListed.now", {
          price: shown,
          royalty: formatCredits(parts?.royalty),
          rest: formatCredits(parts && parts.price - parts.royalty),
        }),
        to: t("buyListed.to", { seller: seller || "—" }),
        ...(cautions.until && { until: cautions.until }),
        undo: t("buyListed.undo"),
        cost: t("pass.cost"),
      }}
      after={isWork(subject) && <p className={css.muted}>{t("buyListed.voids")}</p>}
    />
  );
}
