import type { OfferView } from "@stelai/sdk";
import { LICENCES } from "@stelai/sdk/licences";
import { useOperator } from "@stelai/sdk/react";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Icon } from "../ui/Icon.tsx";
import { deliveredBy, leftOf, type TierOffers } from "./offers.ts";
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

/** How many lines of what one may and may not stand there before all are asked for. */
const MOST = 3;

const isLong = (offer: OfferView) =>
  isStandard(offer) && (LICENCES[offer.tier].may.length > MOST || LICENCES[offer.tier].mayNot.length > MOST);

export interface TiersProps {
  tiers: readonly TierOffers[];
  /** Buys one; absent where nothing can be bought: one's own work, or a suspended one. */
  onBuy: ((offer: OfferView) => void) | undefined;
}

/** What is offered of a work, side by side in plain words. */
export function Tiers({ tiers, onBuy }: TiersProps) {
  const t = useT();
  const [isAll, setAll] = useState(false);
  if (tiers.length === 0) return <EmptyState title={t("tier.none")}>{t("tier.noneText")}</EmptyState>;
  const isFolded = tiers.some(({ offers }) => offers.some(isLong));
  return (
    <>
      <ul className={css.tiers}>
        {tiers.map(({ tier, offers }) => (
          <li key={tier} className={css.tier}>
            <h3>{t(`tier.${tier}`)}</h3>
            {offers.map((offer) => (
              <Offer key={String(offer.offerId)} offer={offer} isAll={isAll} onBuy={onBuy} />
            ))}
          </li>
        ))}
      </ul>
      {isFolded && (
        <div>
          <Button size="small" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            {t(isAll ? "tier.fewer" : "tier.all")}
          </Button>
        </div>
      )}
    </>
  );
}

interface OfferProps {
  offer: OfferView;
  isAll: boolean;
  onBuy: TiersProps["onBuy"];
}

function Offer({ offer, isAll, onBuy }: OfferProps) {
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
      <DeliveredLine attestor={offer.attestor} />
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
      <MayAndMayNot offer={offer} {...(!isAll && { most: MOST })} />
    </div>
  );
}

/** Who says that the file was delivered, and keeps its key. */
export function DeliveredLine({ attestor }: Pick<OfferView, "attestor">) {
  const t = useT();
  const operator = useOperator();
  return (
    <p className={css.facts}>
      {deliveredBy(attestor, operator.data?.operator) === "here" ? (
        t("tier.deliveredHere")
      ) : (
        <>
          {t("tier.deliveredBy")} <Hash value={attestor} what={t("tier.attestor")} href={`/people/${attestor}`} />
        </>
      )}
    </p>
  );
}

/** What a licence allows and what not; of terms that are not this market's, only that they are the creator's own. */
export function MayAndMayNot({
  offer,
  most,
}: {
  offer: Pick<OfferView, "tier" | "termsHash">;
  /** How many lines of each; all when absent, and the whole text to unfold. */
  most?: number;
}) {
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
      <Lines title={t("tier.may")} lines={may.slice(0, most)} isAllowed />
      <Lines title={t("tier.mayNot")} lines={mayNot.slice(0, most)} isAllowed={false} />
      {most === undefined && (
        <details className={css.text}>
          <summary>{t("tier.fileFolded")}</summary>
          <div translate="no">
            <strong>{title}</strong>
            {/* A scrolling region has to be reachable by keyboard. */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
            <pre tabIndex={0}>{text}</pre>
          </div>
        </details>
      )}
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
