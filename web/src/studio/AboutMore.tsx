import "./words.ts";
import type { Model } from "@stelai/sdk";
import { useModels } from "@stelai/sdk/react";
import { isAddressEqual } from "viem";
import { hrefOf } from "../explore/links.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import ShareButton from "../shares/ShareButton.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Link } from "../ui/Link.tsx";
import css from "../ui/Panel.module.css";

/** How many others of the same creator are named. */
const MOST = 4;

/** The end of a panel about a character or a tool: which version answers, its link to share, and others of its creator. */
export default function AboutMore({ model }: { model: Model }) {
  const t = useT();
  const { data } = useModels({ staleTime: 30_000 });
  const { persona, owner, card, characterId, visibility } = model.stelai;
  const more = (data ?? [])
    .filter(({ id, stelai }) => id !== model.id && isAddressEqual(stelai.owner, owner) && !stelai.suspended)
    .slice(0, MOST);
  return (
    <>
      <section className={css.section} aria-labelledby="version-title">
        <h2 id="version-title">{t("studio.about.version")}</h2>
        <p>
          {persona.changedAt === null
            ? t("studio.about.unchanged")
            : t("studio.about.changed", { version: persona.version, day: formatDay(persona.changedAt) })}
        </p>
        {visibility !== "Private" && (
          <p className={css.muted}>
            {t("studio.about.link")}{" "}
            <CopyButton
              text={new URL(hrefOf(model), window.location.origin).href}
              what={t("studio.about.linkOf", { name: card?.name ?? String(characterId) })}
            />
          </p>
        )}
        {visibility === "Public" && (
          <ShareButton what={{ characterId }} title={card?.name ?? t("character.title", { id: String(characterId) })} />
        )}
      </section>
      {more.length > 0 && (
        <section className={css.section} aria-labelledby="more-title">
          <h2 id="more-title">
            {card?.creator ? t("studio.about.more", { creator: card.creator }) : t("studio.about.moreSame")}
          </h2>
          <ul className={css.prices}>
            {more.map((one) => (
              <li key={one.id}>
                <Link href={hrefOf(one)} translate="no">
                  {one.stelai.card?.name ?? one.id}
                </Link>
                {one.stelai.modality !== "Chat" && <> · {t(`studio.modality.${one.stelai.modality}`)}</>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
