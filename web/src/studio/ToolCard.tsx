import { useStelai } from "@stelai/sdk/react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { cx } from "../ui/cx.ts";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import type { ToolModel } from "./modalities.ts";
import { priceOf } from "./price.ts";
import { fit } from "./settings.ts";
import { keep, promptKey } from "./stored.ts";
import css from "./Tools.module.css";
import { useSettingsWords } from "./useSettingsWords.ts";

/** A voice's price is told for this much text. */
const TYPICAL_TEXT = "x".repeat(100);

/** What a tool's first settings cost, in words. */
export function useToolPrice(): (model: ToolModel) => string {
  const t = useT();
  const words = useSettingsWords();
  return ({ stelai: { modality, tool, terms, feePerUnit, free } }) => {
    if (free) return t("studio.tool.free");
    const settings = fit(modality, tool, {});
    const price = priceOf({ modality, agreed: { terms, feePerUnit }, settings, text: TYPICAL_TEXT });
    const shown = formatCredits(price && price.total * WEI_PER_MICROCREDIT, { rounding: "up" });
    return t("studio.tool.from", { price: shown, what: words.extent(modality, settings) });
  };
}

/** A tool to pick. What is typed goes with it. */
export function ToolCard({
  model,
  prompt,
  current = false,
  onPick,
}: {
  model: ToolModel;
  /** What is typed now; an empty one leaves what the tool remembers. */
  prompt: string;
  current?: boolean;
  onPick?: () => void;
}) {
  const t = useT();
  const stelai = useStelai();
  const price = useToolPrice();
  const { characterId, card, engine } = model.stelai;
  return (
    <Link
      href={`/studio/${characterId}`}
      look="plain"
      className={cx(css.card, current && css.current)}
      aria-current={current ? "true" : undefined}
      onClick={() => {
        if (prompt.trim() !== "") keep(promptKey(characterId), prompt);
        onPick?.();
      }}
    >
      <Avatar
        id={String(characterId)}
        size={56}
        src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
      />
      <span className={css.words}>
        <span className={css.name} translate="no">
          {card?.name ?? model.id}
        </span>
        {card?.tagline && (
          <span className={css.tagline} translate="no">
            {card.tagline}
          </span>
        )}
        <span className={css.price}>{price(model)}</span>
        <span className={css.engine} translate="no">
          {engine.label}
        </span>
      </span>
      {card?.creator && <span className={css.by}>{t("studio.tool.by", { creator: card.creator })}</span>}
    </Link>
  );
}

/** The place of a tool that is still being fetched. */
export function ToolCardSkeleton() {
  return (
    <div className={css.card}>
      <Skeleton width="56px" height="56px" />
      <span className={css.words}>
        <span className={css.name}>
          <Skeleton width="60%" height="1lh" />
        </span>
        <span className={css.tagline}>
          <Skeleton height="2lh" />
        </span>
        <span className={css.price}>
          <Skeleton width="40%" height="1lh" />
        </span>
        <span className={css.engine}>
          <Skeleton width="90%" height="2lh" />
        </span>
      </span>
      <span className={css.by}>
        <Skeleton width="25%" height="1lh" />
      </span>
    </div>
  );
}
