import type { CreditPackage } from "@stelai/sdk";
import { useState } from "react";
import { formatCount, formatCredits, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Input } from "../ui/Input.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Credits.module.css";
import { cheaperThan, type PriceTable } from "./packages.ts";
import { parseQuantity } from "./parse.ts";

export interface AnyAmountProps {
  /** The package of one credit. */
  single: CreditPackage;
  table: PriceTable;
  takesEth: boolean;
  onBuy: (by: "usdc" | "eth", quantity: bigint, offer: CreditPackage) => void;
}

/** Any whole number of credits, with its price as it is typed; where packages bring more for less, that is said. */
export function AnyAmount({ single, table, takesEth, onBuy }: AnyAmountProps) {
  const t = useT();
  const [text, setText] = useState("");
  const quantity = parseQuantity(text);
  const isWrong = text.trim() !== "" && quantity === undefined;
  const bargain = quantity === undefined ? undefined : cheaperThan(table, quantity);
  const words = quantity !== undefined && {
    credits: formatCount(quantity),
    price: formatUsd(single.price * quantity, { rounding: "up" }),
  };
  const buy = (by: "usdc" | "eth") => quantity !== undefined && onBuy(by, quantity, single);
  return (
    <Card>
      <form
        className={css.any}
        onSubmit={(event) => {
          event.preventDefault();
          buy("usdc");
        }}
      >
        <Input
          label={t("credits.any")}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          error={isWrong ? t("credits.any.notWhole") : undefined}
          hint={t("credits.any.hint", { price: formatUsd(single.price * 100n) })}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={css.actions}>
          <Button disabled={!words} onClick={() => buy("usdc")}>
            {words ? t("credits.buy.action", words) : t("credits.any.buy")}
          </Button>
          {takesEth && words && (
            <Button variant="quiet" onClick={() => buy("eth")}>
              {t("credits.withEth", words)}
            </Button>
          )}
          {bargain && (
            <Button variant="quiet" onClick={() => onBuy("usdc", bargain.quantity, bargain.offer)}>
              {t("credits.any.cheaper", {
                credits: formatCredits(bargain.offer.credits * bargain.quantity),
                price: formatUsd(bargain.offer.price * bargain.quantity),
              })}
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}

/** The place of it while the packages are still being read. */
export function AnyAmountSkeleton() {
  return (
    <Card>
      <div className={css.any}>
        <div className={css.field}>
          <Skeleton width="8rem" height="1lh" />
          <Skeleton height="var(--control-height)" />
          <Skeleton width="12rem" height="1lh" />
        </div>
        <div>
          <Skeleton width="5rem" height="var(--control-height)" />
        </div>
      </div>
    </Card>
  );
}
