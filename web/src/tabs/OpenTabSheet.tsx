import "../credits/buyingWords.ts";
import { useBalance, useOperator, usePackages } from "@stelai/sdk/react";
import { useCallback, useId, useState, useSyncExternalStore } from "react";
import { BuySheet } from "../credits/BuySheet.tsx";
import { formatCredits, formatUsd, WEI_PER_CREDIT, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Hash } from "../ui/Hash.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { onBonusChoice, wantBonus, wantsBonus } from "./bonusChoice.ts";
import css from "./OpenTabSheet.module.css";
import { openingCost } from "./opening.ts";
import { useSpendableBonus } from "./useSpendableBonus.ts";

/** Caps to choose from, in credits. */
const CAPS = [5n, 20n, 100n];
const WEEK = 7n * 86_400n;

export interface OpenTabSheetProps {
  open: boolean;
  onClose: () => void;
  onOpened: () => void;
}

/** Opens a tab with one signature, bonus credits first; without enough credits, buys them first, in the same place. */
export function OpenTabSheet({ open, onClose, onOpened }: OpenTabSheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const { address } = useWallet();
  const operator = useOperator();
  const balance = useBalance(address, { enabled: open });
  const packages = usePackages({ enabled: open });
  const [chosen, setChosen] = useState(CAPS[1] ?? 20n);
  const [buying, setBuying] = useState(false);

  const cap = chosen * WEI_PER_CREDIT;
  const credits = balance.data?.stelai;
  const spendable = useSpendableBonus({ enabled: open });
  const withBonus = useSyncExternalStore(onBonusChoice, wantsBonus);
  const hasBonus = spendable !== undefined && spendable > 0n;
  const tabFee = operator.data?.sponsor.tabFee;
  const { bonus, fee, paid, isShort } = openingCost(cap, withBonus ? (spendable ?? 0n) : 0n, tabFee, credits);
  const offer = packages.data?.find(
    (one) => credits !== undefined && paid !== undefined && credits + one.credits >= paid,
  );
  const shown = formatCredits(cap);
  const total = formatCredits(paid);
  const fromBonus = formatCredits(bonus * WEI_PER_MICROCREDIT, { rounding: "down" });
  const words = { total, cap: shown, fee: formatCredits(fee), bonus: fromBonus };

  const openTab = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "tab.intent.open", values: { cap: shown } } as const;
      await act(run, intent, (stelai) =>
        stelai.tab.openSession({
          ...{ cap: cap / WEI_PER_MICROCREDIT, duration: WEEK, by: "sponsored" },
          ...(bonus > 0n && { bonus }),
        }),
      );
    },
    [act, bonus, cap, shown],
  );

  return (
    <>
      <SigningSheet
        open={open && !buying}
        onClose={onClose}
        onDone={onOpened}
        title={t("tab.open.title")}
        action={t(bonus > 0n ? "tab.bonus.action" : "tab.open.action", words)}
        kind="signature"
        onSign={openTab}
        sending={{ label: t("tab.open.sending"), seconds: 3 }}
        explain={explain}
        lead={
          <>
            <p className={css.lead}>{t("tab.open.lead")}</p>
            {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
            <div role="group" aria-labelledby={label} className={css.caps}>
              <span id={label}>{t("tab.open.choose")}</span>
              {CAPS.map((one) => (
                <Chip key={String(one)} pressed={one === chosen} onPress={() => setChosen(one)}>
                  {formatCredits(one * WEI_PER_CREDIT)}
                </Chip>
              ))}
            </div>
            {hasBonus && (
              // biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields
              <div role="group" aria-labelledby={`${label}-bonus`} className={css.caps}>
                <span id={`${label}-bonus`}>
                  {t("tab.bonus.choose", {
                    bonus: formatCredits(spendable * WEI_PER_MICROCREDIT, { rounding: "down" }),
                  })}
                </span>
                <Chip pressed={withBonus} onPress={() => wantBonus(true)}>
                  {t("tab.bonus.first")}
                </Chip>
                <Chip pressed={!withBonus} onPress={() => wantBonus(false)}>
                  {t("tab.bonus.without")}
                </Chip>
                <span className={css.hint}>{t("tab.bonus.notOwn")}</span>
              </div>
            )}
          </>
        }
        instead={
          isShort && offer ? (
            <div className={css.short}>
              <p>
                {t("tab.open.short", {
                  balance: formatCredits(credits, { rounding: "down" }),
                  needed: total,
                })}
              </p>
              <Button variant="primary" onClick={() => setBuying(true)}>
                {t("tab.open.buy", { credits: formatCredits(offer.credits), price: formatUsd(offer.price) })}
              </Button>
            </div>
          ) : undefined
        }
        terms={{
          get: t("tab.open.get", { cap: shown }),
          now: t(bonus > 0n ? "tab.bonus.now" : "tab.open.now", words),
          atMost: t(bonus > 0n ? "tab.bonus.atMost" : "tab.open.atMost", words),
          to: (
            <>
              {t("tab.open.to")} {operator.data && <Hash value={operator.data.operator} what={t("tab.open.to")} />}
            </>
          ),
          until: t("tab.open.until", { moment: formatMoment(Math.floor(Date.now() / 1000) + Number(WEEK)) }),
          undo: t(bonus > 0n ? "tab.bonus.undo" : "tab.open.undo"),
          cost: t("tab.open.cost", words),
          ...(credits !== undefined && paid !== undefined && !isShort
            ? {
                balance: {
                  before: formatCredits(credits, { rounding: "down" }),
                  after: formatCredits(credits - paid, { rounding: "down" }),
                },
              }
            : {}),
        }}
      />
      <BuySheet
        offer={buying ? offer : undefined}
        onClose={() => setBuying(false)}
        onBought={() => void balance.refetch()}
      />
    </>
  );
}
