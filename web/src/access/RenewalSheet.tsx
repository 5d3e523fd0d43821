import type { PeriodPlan } from "@stelai/sdk";
import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { Hash } from "../ui/Hash.tsx";
import { AllowanceStays } from "./AllowanceStays.tsx";
import { explainPass } from "./explainPass.ts";
import type { Sold } from "./plans.ts";
import { useMyAccess } from "./useMyAccess.ts";
import { usePrice } from "./usePrice.tsx";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface RenewalSheetProps {
  sold: Sold;
  /** What it renews as; undefined lets it end with what is paid for. */
  plan: PeriodPlan | undefined;
  /** The price that was shown for it, from the chain, in microcredits. */
  seen?: bigint | undefined;
  onClose: () => void;
}

/** Agrees to renewals at the price now, or takes the agreement back. Drawn only while open. */
export function RenewalSheet({ sold, plan, seen, onClose }: RenewalSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { characterId, name } = sold;
  const { access } = useMyAccess(characterId);
  const { agreed: price, hold } = usePrice(sold, plan, seen);
  const before = access?.mandate ?? 0n;
  const kind = plan === undefined ? "end" : before > 0n ? "accept" : "on";
  const until = formatMoment(Number(access?.until ?? 0n));
  const words = { name, until, price: credits(price), before: credits(before) };

  const change = useCallback(
    async (run: SigningRun) => {
      const intent = { id: `renewal.${kind}.title`, values: { name } } as const;
      await act(run, intent, (stelai) =>
        plan
          ? stelai.access.setRenewal({ characterId, plan, mandate: price })
          : stelai.access.cancelAtPeriodEnd({ characterId }),
      );
    },
    [act, characterId, kind, name, plan, price],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(`renewal.${kind}.title`, words)}
      action={t(`renewal.${kind}.action`, words)}
      kind="transaction"
      onSign={change}
      sending={{ label: t("renewal.sending"), seconds: 5 }}
      explain={(error) => explainPass(error, t)}
      instead={hold}
      after={plan === undefined && <AllowanceStays />}
      terms={{
        get: t(`renewal.${kind}.get`, words),
        now: t("renewal.now"),
        ...(plan ? { atMost: t(`renewal.atMost.${plan}`, words) } : {}),
        to: (
          <>
            {t("pass.to")} <Hash value={contracts.CharacterAccess} what={t("pass.to")} />
          </>
        ),
        undo: t(plan ? "renewal.undo" : "renewal.end.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
