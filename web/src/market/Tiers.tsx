import type { OfferView } from "@stelai/sdk";
import { LICENCES } from "@stelai/sdk/licences";
import { Check, X } from "lucide-react";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Icon } from "../ui/Icon.tsx";
import { leftOf, type TierOffers } from "./offers.ts";
import { creditsText } from "./price.ts";
import css from "./Tiers.module.css";
import { isStandard, useTierWords } from "./tierWords.ts";

const TONE: Record<OfferView["state"], Tone> = {
  open: "live",
  taken: "held",
  soldOut: "held",
  closed: "plain",
  void: "plain",
};

export interface TiersProps {
  tiers: readonly TierOffers[];
  /** Buys one; absent where nothing can be bought: one's own work, or a suspended one. */
  onBuy: ((offer: OfferView) => void) | undefined;
}

/** What is offered of a work, side by side in plain words. */
export function Tiers({ tiers, onBuy }: TiersProps) {
  const t = useT();
  if (tiers.length === 0) return <EmptyState title={t("tier.none")}>{t("tier.noneText")}</EmptyState>;
  return (
    <ul className={css.tiers}>
      {tiers.map(({ tier, offers }) => (
        <li key={tier} className={css.tier}>
          <h3>{t(`tier.${tier}`)}</h3>
          {offers.map((offer) => (
            <Offer key={String(offer.offerId)} offer={offer} onBuy={onBuy} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Offer({ offer, onBuy }: { offer: OfferView; onBuy: TiersProps["onBuy"] }) {
  const t = useT();
  const words = useTierWords();
  const { tier, price, duration, state } = offer;
  const left = leftOf(offer);
  const isOpen = state === "open";
  return (
    <div className={css.offer}>
      <p className={css.price}>
        <Amount micro={price} rounding="up" />
      </p>
      <p className={css.facts}>
        {words.length(duration)}
        {" · "}
        {tier === "Exclusive"
          ? t("tier.one")
          : left === undefined
            ? t("tier.anyNumber")
            : t("tier.left", { count: left })}
      </p>
      {!isOpen && (
        <p className={css.state}>
          <Badge tone={TONE[state]} framed>
            {t(`tier.state.${state}`)}
          </Badge>
          <span>{words.why(offer)}</span>
        </p>
      )}
      {isOpen && onBuy && (
        <Button
          variant={tier === "Personal" ? "primary" : "secondary"}
          wide
          aria-label={t("tier.buyLabel", { tier: t(`tier.${tier}`), price: creditsText(price) })}
          onClick={() => onBuy(offer)}
        >
          {t("tier.buy", { price: creditsText(price) })}
        </Button>
      )}
      <MayAndMayNot offer={offer} />
    </div>
  );
}

/** What a licence allows and what not; of terms that are not this market's, only that they are the creator's own. */
export function MayAndMayNot({ offer }: { offer: Pick<OfferView, "tier" | "termsHash"> }) {
  const t = useT();
  if (!isStandard(offer)) {
    return (
      <div className={css.own} role="note">
        <Badge tone="held">{t("tier.own")}</Badge>
        <p>{t("tier.ownText")}</p>
        <Hash value={offer.termsHash} what={t("tier.termsHash")} />
      </div>
    );
  }
  const { may, mayNot, text, title } = LICENCES[offer.tier];
  return (
    <div className={css.words}>
      <Lines title={t("tier.may")} lines={may} isAllowed />
      <Lines title={t("tier.mayNot")} lines={mayNot} isAllowed={false} />
      <details className={css.text}>
        <summary>{t("tier.fileFolded")}</summary>
        <div translate="no">
          <strong>{title}</strong>
          <pre>{text}</pre>
        </div>
      </details>
    </div>
  );
}

function Lines({ title, lines, isAllowed }: { title: string; lines: readonly string[]; isAllowed: boolean }) {
  return (
    <>
      <h4>{title}</h4>
      <ul className={isAllowed ? css.may : css.mayNot}>
        {lines.map((line) => (
          <li key={line} translate="no">
            <Icon of={isAllowed ? Check : X} size={16} />
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}
