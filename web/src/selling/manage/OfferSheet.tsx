import type { NewOffer, OfferView } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useMemo } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import manage from "../../creator/manage/Manage.module.css";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";

/** What changes about a work's offers: some are closed, some are made; a new price is both. */
export interface OfferChange {
  readonly close: readonly Pick<OfferView, "offerId" | "tier" | "price">[];
  readonly add: readonly NewOffer[];
}

export interface OfferSheetProps {
  workId: bigint;
  title: string;
  change: OfferChange;
  onClose: () => void;
}

/** Closes offers and makes new ones: the old price is gone before the new one stands. */
export function OfferSheet({ workId, title, change, onClose }: OfferSheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { close, add } = change;
  const count = (close.length > 0 ? 1 : 0) + (add.length > 0 ? 1 : 0);
  const kind = count === 2 ? "reprice" : add.length > 0 ? "add" : "close";
  const closing = useMemo(() => close.map(({ offerId }) => offerId), [close]);

  const sign = useCallback(
    async (run: SigningRun) => {
      // Tried again after the second was refused, the first stands.
      const states = await Promise.all(closing.map((offerId) => stelai.market.getOffer({ offerId })));
      const open = states.filter(({ state }) => state !== "closed").map(({ offerId }) => offerId);
      if (open.length > 0) {
        const intent = { id: "sell.intent.close", values: { title } } as const;
        await act(run, intent, (mine) => mine.market.closeOffers({ offerIds: open }));
      }
      if (add.length > 0) {
        const intent = { id: "sell.intent.offer", values: { title } } as const;
        await act(run, intent, (mine) => mine.market.addOffers({ workId, offers: add }));
      }
    },
    [act, stelai, workId, title, closing, add],
  );
  const words = ({ tier, price }: { tier: OfferView["tier"]; price: bigint }) =>
    t("sell.offerWords", { tier: t(`sell.tier.${tier}`), price: formatCredits(price * WEI_PER_MICROCREDIT) });
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(`sell.offer.${kind}Title`, { title })}
      lead={
        count === 2 && (
          <ol className={manage.steps}>
            <li>{t("sell.offer.stepClose")}</li>
            <li>{t("sell.offer.stepAdd")}</li>
          </ol>
        )
      }
      action={t(`sell.offer.${kind}Action`)}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("sell.offer.sending"), seconds: 10 * count }}
      explain={explain}
      terms={{
        get: (
          <>
            {close.map((offer) => (
              <div key={String(offer.offerId)}>{t("sell.offer.closes", { offer: words(offer) })}</div>
            ))}
            {add.map((offer) => (
              <div key={`${offer.tier} ${offer.duration}`}>{t("sell.offer.adds", { offer: words(offer) })}</div>
            ))}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Licenses} what={t("publish.create.to")} />
          </>
        ),
        undo: t(kind === "close" ? "sell.offer.closeUndo" : "sell.offer.addUndo"),
        cost: t("sell.cost", { count }),
      }}
    />
  );
}
