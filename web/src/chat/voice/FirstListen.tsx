import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import type { ToolModel } from "../../studio/modalities.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Link } from "../../ui/Link.tsx";
import css from "./Listen.module.css";

const credits = (micro: bigint | undefined) =>
  formatCredits(micro === undefined ? undefined : micro * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface FirstListenProps {
  model: ToolModel;
  /** How many are read out, and what that costs. */
  characters: number;
  price: bigint | undefined;
  onAgree: () => void;
  onClose: () => void;
}

/** The first time that a voice is paid from a tab: who reads, at which prices, and that this is apart from the chat. */
export function FirstListen({ model, characters, price, onAgree, onClose }: FirstListenProps) {
  const t = useT();
  const { characterId, card, terms, feePerUnit, engine } = model.stelai;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("studio.listen.first")}
      description={t("studio.listen.firstWhat")}
      foot={
        <>
          <Button variant="primary" onClick={onAgree}>
            {t("studio.listen", { price: credits(price) })}
          </Button>
          <Button onClick={onClose}>{t("studio.listen.not")}</Button>
        </>
      }
    >
      <div className={css.text}>
        <p>
          <Link href={`/studio/${characterId}`} translate="no">
            {card?.name ?? model.id}
          </Link>
          {card?.creator && <> {t("studio.tool.by", { creator: card.creator })}</>}
        </p>
        <ul>
          {terms.perInference > 0n && <li>{t("studio.tool.price.each", { price: credits(terms.perInference) })}</li>}
          {terms.perUnit > 0n && <li>{t("studio.tool.price.unit.Voice", { price: credits(terms.perUnit) })}</li>}
          {feePerUnit > 0n && <li>{t("studio.tool.price.fee.Voice", { price: credits(feePerUnit) })}</li>}
        </ul>
        <p>
          {t("studio.listen.this", { count: characters })} <Amount micro={price} rounding="up" />
        </p>
        <p className={css.note}>{t("studio.listen.once")}</p>
        <p className={css.note} translate="no">
          {engine.label}
        </p>
      </div>
    </Dialog>
  );
}
