import type { Model } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { Star } from "lucide-react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { starsText } from "../reviews/text.ts";
import { useScores } from "../reviews/useScores.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./CharacterCard.module.css";
import { typicalCost } from "./price.ts";

/** A character in the catalogue: picture, name, a line in its own voice, and its price. */
export function CharacterCard({ model }: { model: Model }) {
  const t = useT();
  const stelai = useStelai();
  const { card, characterId, free, engine } = model.stelai;
  const score = useScores().get(String(characterId));
  const price = free
    ? t("card.free")
    : t("card.about", { price: formatCredits(typicalCost(model) * WEI_PER_MICROCREDIT, { rounding: "up" }) });
  return (
    <Link href={`/c/${characterId}`} look="plain" className={css.card}>
      <span className={css.media}>
        <Avatar
          id={String(characterId)}
          size="100%"
          src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
        />
      </span>
      <span className={css.words} translate="no">
        <span className={css.name}>{card?.name ?? model.id}</span>
        {card?.tagline && <span className={css.tagline}>{card.tagline}</span>}
      </span>
      <span className={css.foot}>
        <span className={css.price}>{price}</span>
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
        {!engine.isLanguageModel && <Badge>{t("card.scripted")}</Badge>}
      </span>
    </Link>
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
