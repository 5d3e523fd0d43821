import { Info } from "lucide-react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import type { Payer } from "../paying/payer.ts";
import { Amount } from "../ui/Amount.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Popover } from "../ui/Popover.tsx";
import type { MadeModality } from "./modalities.ts";
import { type Breakdown, breakdownOf, type Priced } from "./price.ts";
import css from "./Workbench.module.css";

const UNITS: Record<MadeModality, "megapixels" | "seconds" | "thousands"> = {
  Image: "megapixels",
  Video: "seconds",
  Voice: "thousands",
  Music: "seconds",
};

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

function Lines({ priced, parts }: { priced: Priced; parts: Breakdown }) {
  const t = useT();
  const { units, factor, perUnit, perInference, fee, amount, feeAmount, total } = parts;
  const { modality, settings } = priced;
  return (
    <>
      <p>
        {t(`studio.price.${UNITS[modality]}`, { units })}{" "}
        {t("studio.price.times", { factor, quality: t(`studio.quality.${settings.quality}`) })}
      </p>
      <dl className={css.lines}>
        <div>
          <dt>
            {t("studio.price.creator")}
            <small>
              {t("studio.price.creatorHow", {
                each: perInference === 0n ? "none" : credits(perInference),
                ...{ perUnit: credits(perUnit), units, factor },
              })}
            </small>
          </dt>
          <dd>
            <Amount micro={amount} rounding="up" />
          </dd>
        </div>
        <div>
          <dt>
            {t("studio.price.operator")}
            <small>{t("studio.price.operatorHow", { perUnit: credits(fee), units, factor })}</small>
          </dt>
          <dd>
            <Amount micro={feeAmount} rounding="up" />
          </dd>
        </div>
        <div className={css.total}>
          <dt>{t("studio.price.total")}</dt>
          <dd>
            <Amount micro={total} rounding="up" />
          </dd>
        </div>
      </dl>
      <p className={css.muted}>{t("studio.price.exact")}</p>
    </>
  );
}

/** Behind the button that pays: units × price × quality, who gets what of it, and dollars. */
export function PriceInfo({ priced, payer }: { priced: Priced; payer: Payer }) {
  const t = useT();
  const parts = breakdownOf(priced);
  return (
    <Popover
      label={t("studio.generate.how")}
      trigger={<IconButton label={t("studio.generate.how")} icon={Info} variant="secondary" />}
    >
      <div className={css.price}>
        <h2>{t("studio.price.title")}</h2>
        {payer === "free" && <p>{t("studio.price.free")}</p>}
        {payer === "pass" && <p>{t("studio.price.included")}</p>}
        {payer === "tab" && (parts ? <Lines priced={priced} parts={parts} /> : <p>{t("studio.price.none")}</p>)}
      </div>
    </Popover>
  );
}
