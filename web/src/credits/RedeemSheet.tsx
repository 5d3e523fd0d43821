import { useBalance } from "@stelai/sdk/react";
import { useCallback, useState } from "react";
import { formatCredits, formatUsd, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { useCreditRate } from "../ui/CreditRate.ts";
import { Input } from "../ui/Input.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { parseCredits } from "./parse.ts";

/** Turns credits back into USDC at the floor. */
export function RedeemSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const { address } = useWallet();
  const { floor } = useCreditRate();
  const balance = useBalance(address, { enabled: open });
  const held = balance.data?.stelai;
  const [text, setText] = useState("");
  const amount = parseCredits(text);
  const problem =
    text === ""
      ? undefined
      : amount === undefined || amount === 0n
        ? t("credits.redeem.notNumber")
        : held !== undefined && amount > held
          ? t("credits.redeem.tooMuch", { balance: formatCredits(held, { rounding: "down" }) })
          : undefined;
  const isReady = amount !== undefined && amount > 0n && problem === undefined;
  const paid = worth(isReady ? amount : undefined, floor);
  const shown = formatCredits(isReady ? amount : undefined);

  const redeem = useCallback(
    async (run: SigningRun) => {
      if (!isReady || paid === undefined) return;
      const intent = { id: "credits.intent.redeem", values: { credits: shown } } as const;
      await act(run, intent, (stelai) => stelai.credits.redeem({ amount, minimum: paid }));
    },
    [act, amount, isReady, paid, shown],
  );

  return (
    <SigningSheet
      open={open}
      onClose={onClose}
      title={t("credits.redeem.title")}
      action={t("credits.redeem.action", { credits: shown, paid: formatUsd(paid, { rounding: "down" }) })}
      kind="transaction"
      onSign={redeem}
      sending={{ label: t("credits.redeem.sending"), seconds: 3 }}
      explain={explain}
      lead={
        <Input
          label={t("credits.redeem.amount")}
          inputMode="decimal"
          value={text}
          error={problem}
          hint={t("credits.redeem.hint", {
            balance: formatCredits(held, { rounding: "down" }),
            floor: formatUsd(floor),
          })}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
      instead={isReady ? undefined : <p>{t("credits.redeem.enter")}</p>}
      terms={{
        get: formatUsd(paid, { rounding: "down" }),
        now: t("credits.redeem.now", { credits: shown }),
        to: t("credits.redeem.to"),
        undo: t("credits.redeem.undo"),
        cost: t("credits.redeem.cost"),
      }}
    />
  );
}
