import "../credits/buyingWords.ts";
import type { TabSession } from "@stelai/sdk";
import { useBalance, useOperator } from "@stelai/sdk/react";
import { useCallback, useId, useState } from "react";
import { formatCredits, WEI_PER_CREDIT, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Chip } from "../ui/Chip.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./OpenTabSheet.module.css";

const AMOUNTS = [5n, 20n, 100n];

export interface TopUpSheetProps {
  open: boolean;
  /** The tab: a session’s, or any of the payer’s. */
  session: Pick<TabSession, "operator" | "tabId">;
  onClose: () => void;
  onDone: () => void;
}

/** Adds credits to a tab with one signature. */
export function TopUpSheet({ open, session, onClose, onDone }: TopUpSheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const { address } = useWallet();
  const operator = useOperator();
  const balance = useBalance(address, { enabled: open });
  const [chosen, setChosen] = useState(AMOUNTS[0] ?? 5n);
  const fee = operator.data?.sponsor.tabFee;
  const amount = chosen * WEI_PER_CREDIT;
  const total = fee === undefined ? undefined : amount + fee;
  const credits = balance.data?.stelai;
  const isShort = credits !== undefined && total !== undefined && credits < total;
  const shown = formatCredits(amount);
  const { operator: operatorAddress, tabId } = session;

  const add = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "tab.intent.topUp", values: { amount: shown, id: String(tabId) } } as const;
      await act(run, intent, (stelai) =>
        stelai.tab.topUpSponsored({ operator: operatorAddress, tabId, amount: amount / WEI_PER_MICROCREDIT }),
      );
    },
    [act, amount, shown, operatorAddress, tabId],
  );

  return (
    <SigningSheet
      open={open}
      onClose={onClose}
      onDone={onDone}
      title={t("tab.topUp.title")}
      action={t("tab.topUp.action", { total: formatCredits(total) })}
      kind="signature"
      onSign={add}
      sending={{ label: t("tab.topUp.sending"), seconds: 3 }}
      explain={explain}
      lead={
        // biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields
        <div role="group" aria-labelledby={label} className={css.caps}>
          <span id={label}>{t("tab.topUp.choose")}</span>
          {AMOUNTS.map((one) => (
            <Chip key={String(one)} pressed={one === chosen} onPress={() => setChosen(one)}>
              {formatCredits(one * WEI_PER_CREDIT)}
            </Chip>
          ))}
        </div>
      }
      instead={
        isShort ? (
          <div className={css.short}>
            <p>
              {t("tab.open.short", {
                balance: formatCredits(credits, { rounding: "down" }),
                needed: formatCredits(total),
              })}
            </p>
            <ButtonLink href="/credits" variant="primary">
              {t("tab.topUp.buy")}
            </ButtonLink>
          </div>
        ) : undefined
      }
      terms={{
        get: t("tab.topUp.get", { amount: shown, id: String(tabId) }),
        now: t("tab.topUp.now", { total: formatCredits(total), amount: shown, fee: formatCredits(fee) }),
        to: t("tab.open.to"),
        undo: t("tab.open.undo"),
        cost: t("tab.open.cost", { fee: formatCredits(fee) }),
        ...(credits !== undefined && total !== undefined && !isShort
          ? {
              balance: {
                before: formatCredits(credits, { rounding: "down" }),
                after: formatCredits(credits - total, { rounding: "down" }),
              },
            }
          : {}),
      }}
    />
  );
}
