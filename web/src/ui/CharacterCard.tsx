import { formatCredits } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Avatar } from "./Avatar.tsx";
import css from "./CharacterCard.module.css";
import { Link } from "./Link.tsx";

export interface CharacterCardProps {
  id: bigint | string;
  name: string;
  /** One line in its own voice. */
  line: string;
  /** The most that an ordinary message costs, in wei of STELAI; 0 is free, undefined is not known. */
  pricePerMessage: bigint | undefined;
  /** Mean of its reviews, 1 to 5, and how many there are. */
  rating?: { score: number; count: number } | undefined;
  picture?: string | undefined;
}

/** A character in the catalogue: slab or picture, name, one line in its voice, price, score with count. */
export function CharacterCard({ id, name, line, pricePerMessage, rating, picture }: CharacterCardProps) {
  const t = useT();
  const price = formatCredits(pricePerMessage, { rounding: "up" });
  return (
    <article className={css.card}>
      <div className={css.media}>
        <Avatar id={`character:${id}`} src={picture} size="100%" />
      </div>
      <div className={css.body}>
        <h3 className={css.name}>
          <Link href={`/c/${id}`} look="plain" translate="no">
            {name}
          </Link>
        </h3>
        <p className={css.line} translate="no">
          {line}
        </p>
      </div>
      <div className={css.foot}>
        <span>{pricePerMessage === 0n ? t("card.free") : t("card.price", { price })}</span>
        {rating && (
          <span className={css.rating}>{t("card.rated", { score: rating.score.toFixed(1), count: rating.count })}</span>
        )}
      </div>
    </article>
  );
}
