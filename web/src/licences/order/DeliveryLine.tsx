import { NotFoundError } from "@stelai/sdk";
import type { Delivery } from "@stelai/sdk/wire";
import { useT } from "../../i18n/react.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import type { Licence } from "../facts.ts";
import { creditsText } from "../useWords.ts";
import css from "./Order.module.css";

export interface DeliveryLineProps {
  licence: Licence;
  /** Undefined while it is read, or where the operator does not answer, which the error says. */
  delivery: Delivery | undefined;
  error: unknown;
}

/** What the operator does about an order, in a sentence. */
export function DeliveryLine({ licence, delivery, error }: DeliveryLineProps) {
  const t = useT();
  const { status, price } = licence;
  if (status !== "Escrowed" && status !== "Delivered") return null;
  if (!delivery) {
    if (!error) return null;
    return <p className={css.muted}>{t(error instanceof NotFoundError ? "delivery.other" : "delivery.silent")}</p>;
  }
  const { state, problem, blocksLeft } = delivery;
  // What can be downloaded has a button that says so.
  if (state === "ready") return null;
  if (state === "failed") {
    // The operator's words, which are not ours.
    const what = problem ? t("delivery.failed", { problem }) : t("delivery.failedUnsaid");
    return (
      <ErrorState what={what} money="notInvolved">
        {t("delivery.failedText", { price: creditsText(price) })}
      </ErrorState>
    );
  }
  const counted = blocksLeft !== null && (state === "waiting" || state === "attested");
  return <p role="status">{counted ? t(`delivery.${state}Blocks`, { count: blocksLeft }) : t(`delivery.${state}`)}</p>;
}
