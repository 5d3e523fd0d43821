import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { Hash } from "../../ui/Hash.tsx";
import css from "../Selling.module.css";
import type { useDelivering } from "./useDelivering.ts";

/** Who delivers what is offered here; or why nothing can be offered, and what would help. */
export function DeliveringNote({ delivering }: { delivering: ReturnType<typeof useDelivering> }) {
  const t = useT();
  switch (delivering.state) {
    case "asking":
      return null;
    case "silent":
      return <Failed error={delivering.error} onAgain={delivering.again} />;
    case "missing":
      return (
        <p className={css.warn} role="status">
          {t("sell.notDeposited")}
        </p>
      );
    case "here":
      return (
        <p className={css.note}>
          {t("sell.deliveredBy")} <Hash value={delivering.attestor} what={t("sell.deliveredBy")} />
        </p>
      );
  }
}
