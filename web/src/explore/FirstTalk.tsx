import type { Model } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./FirstTalk.module.css";

/** The first run: a character already talking, and nothing asked for. */
export function FirstTalk({ model }: { model: Model }) {
  const t = useT();
  const stelai = useStelai();
  const { card, characterId } = model.stelai;
  const name = card?.name ?? model.id;
  return (
    <section className={css.talk} aria-label={t("explore.firstTalk", { name })}>
      <Avatar
        id={String(characterId)}
        size={96}
        src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
      />
      <div className={css.words}>
        <p className={css.name} translate="no">
          {name}
        </p>
        <blockquote className={css.greeting} translate="no">
          {card?.greeting ?? card?.tagline}
        </blockquote>
        <div className={css.actions}>
          <ButtonLink href={`/c/${characterId}`} variant="primary">
            {t("explore.talk", { name })}
          </ButtonLink>
          <span className={css.note}>{t("explore.noWallet")}</span>
        </div>
      </div>
    </section>
  );
}

/** Its place while the catalogue is fetched, so that what is below does not move. */
export function FirstTalkSkeleton() {
  return (
    <div className={css.talk} aria-hidden>
      <Skeleton width="96px" height="96px" />
      <div className={css.words}>
        <Skeleton width="10rem" height="calc(1.5 * var(--text-22))" />
        <span className={css.room}>
          <Skeleton height="100%" />
        </span>
        <div className={css.actions}>
          <Skeleton width="9rem" height="var(--control-height)" />
        </div>
      </div>
    </div>
  );
}
