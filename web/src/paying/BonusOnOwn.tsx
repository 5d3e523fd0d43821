import "../credits/buyingWords.ts";
import { useCloseSession } from "@stelai/sdk/react";
import { formatCredits, UNKNOWN, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { wantBonus } from "../tabs/bonusChoice.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { usePayingTab } from "./usePayingTab.ts";

/** That bonus in the tab cannot pay for one's own character, and the way on: a tab without. */
export function BonusOnOwn({ onAgain }: { onAgain: () => void }) {
  const t = useT();
  const tab = usePayingTab();
  const closing = useCloseSession();
  const { session } = tab;
  const closeAndGoOn = () => {
    if (!session) return;
    wantBonus(false);
    closing.mutate(session, { onSuccess: () => void tab.refresh().then(onAgain) });
  };
  const failure = closing.error ? explain(closing.error) : undefined;
  const left = tab.bonusLeft;
  return (
    <ErrorState
      what={t("tab.bonus.own", {
        left: left === undefined ? UNKNOWN : formatCredits(left * WEI_PER_MICROCREDIT, { rounding: "down" }),
      })}
      money="untouched"
      technical={failure?.technical}
      actions={
        <Button disabled={!session || closing.isPending} onClick={closeAndGoOn}>
          {closing.isPending ? t("chat.tab.closing") : t("tab.bonus.ownClose")}
        </Button>
      }
    >
      {failure ? failure.what : t("tab.bonus.ownTodo")}
    </ErrorState>
  );
}
