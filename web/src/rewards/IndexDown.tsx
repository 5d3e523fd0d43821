import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";

/** Where the books are to stand and the index does not answer. */
export function IndexDown({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const t = useT();
  return (
    <ErrorState
      what={t("campaigns.indexDown")}
      money="notInvolved"
      technical={explain(error).technical ?? error.message}
      actions={<Button onClick={onAgain}>{t("campaigns.again")}</Button>}
    >
      {t("campaigns.indexDownText")}
    </ErrorState>
  );
}
