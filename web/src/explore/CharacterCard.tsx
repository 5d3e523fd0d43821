import type { Model } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { Star } from "lucide-react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { starsText } from "../reviews/text.ts";
import { useScores } from "../reviews/useScores.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./CharacterCard.module.css";
import { hrefOf } from "./links.ts";
import { typicalCost, unitPrice } from "./price.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** What it costs, in words: about a message of a character that chats, for its unit of a tool. */
function usePrice(): (model: Model) => string {
  const t = useT();
  return (model) => {
    const unit = unitPrice(model);
    if (model.stelai.free) return t(unit ? "explore.free" : "card.free");
    if (!unit) return t("card.about", { price: credits(typicalCost(model)) });
    const { modality, perUnit, each } = unit;
    if (perUnit === 0n) return t("card.each", { price: credits(each) });
    const price = t(`card.unit.${modality}`, { price: credits(perUnit) });
    return each === 0n ? price : t("card.eachAnd", { each: credits(each), price });
  };
}

/** A character in the catalogue: picture, name, a line in its own voice, what it makes, its price, and who made it. */
export function CharacterCard({
  model,
  by = true,
}: {
  model: Model;
  /** Who made it; not where that is said already. */
  by?: boolean;
}) {
  const t = useT();
  const stelai = useStelai();
  const price = usePrice();
  const { card, characterId, engine, modality, owner } = model.stelai;
  const score = useScores().get(String(characterId));
  const isTool = modality !== "Chat";
  return (
    <article className={css.card}>
      <span className={cx(css.media, isTool && css.made)}>
        <Avatar
          id={String(characterId)}
          size="100%"
          src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
        />
      </span>
      <div className={css.words}>
        <Link href={hrefOf(model)} look="plain" className={css.name} translate="no">
          {card?.name ?? model.id}
        </Link>
        {by && (
          <span className={css.by}>
            <CreatorLink owner={owner} name={card?.creator} />
          </span>
        )}
        {card?.tagline && (
          <span className={css.tagline} translate="no">
            {card.tagline}
          </span>
        )}
        {isTool && (
          <span className={css.engine} translate="no">
            {engine.label}
          </span>
        )}
      </div>
      <div className={css.foot}>
        <span className={css.price}>{price(model)}</span>
        {score && (
          <span
            className={css.score}
            role="img"
            aria-label={t("reviews.scoreOf", { stars: starsText(score.average), count: score.count })}
          >
            <Icon of={Star} size={14} />
            {t("reviews.scoreShort", { stars: starsText(score.average), count: score.count })}
          </span>
        )}
        {isTool ? (
          <Badge>{t(`explore.make.${modality}`)}</Badge>
        ) : (
          !engine.isLanguageModel && <Badge>{t("card.scripted")}</Badge>
        )}
      </div>
    </article>
  );
}

/** The place of a card whose character is still being fetched. */
export function CharacterCardSkeleton() {
  return (
    <div className={css.card}>
      <span className={css.media}>
        <Skeleton height="100%" />
      </span>
      <span className={css.words}>
        <Skeleton width="60%" />
        <Skeleton height="2.6em" />
      </span>
      <span className={css.foot}>
        <Skeleton width="40%" />
      </span>
    </div>
  );
}
