import type { Model } from "@stelai/sdk";
import { useStelai } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { ButtonLink } from "../ui/Link.tsx";
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
