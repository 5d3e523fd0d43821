import type { PeriodPlan, Plan } from "@stelai/sdk";
import { usePackages } from "@stelai/sdk/react";
import { BuySheet } from "../credits/BuySheet.tsx";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import { AllowSheet } from "./AllowSheet.tsx";
import { CancelSheet } from "./CancelSheet.tsx";
import { GiftSheet } from "./GiftSheet.tsx";
import { PassSheet } from "./PassSheet.tsx";
import { refillFor, type Sold } from "./plans.ts";
import { RenewalSheet } from "./RenewalSheet.tsx";
import { useMyAccess } from "./useMyAccess.ts";

/** What can be done about a pass. */
export type AccessAct =
  | { readonly do: "buy"; readonly plan: Plan }
  | { readonly do: "switch"; readonly plan: PeriodPlan }
  | { readonly do: "gift" }
  | { readonly do: "cancel" }
  | { readonly do: "end" }
  | { readonly do: "renew"; readonly plan: PeriodPlan }
  | { readonly do: "allow" }
  | { readonly do: "topUp" };

export interface AccessSheetsProps {
  sold: Sold;
  act: AccessAct;
  onClose: () => void;
}

/** The sheet of one act. Drawn only while open. */
export default function AccessSheets({ sold, act, onClose }: AccessSheetsProps) {
  const { access, renewal } = useMyAccess(sold.characterId);
  switch (act.do) {
    case "buy":
      return <PassSheet sold={sold} plan={act.plan} onClose={onClose} />;
    case "switch":
      return <PassSheet sold={sold} plan={act.plan} isSwitch onClose={onClose} />;
    case "gift":
      return <GiftSheet sold={sold} onClose={onClose} />;
    case "cancel":
      return <CancelSheet sold={sold} onClose={onClose} />;
    case "end":
      return <RenewalSheet sold={sold} plan={undefined} onClose={onClose} />;
    case "renew":
      return (
        <RenewalSheet
          sold={sold}
          plan={act.plan}
          seen={act.plan === access?.renewalPlan ? renewal?.price : undefined}
          onClose={onClose}
        />
      );
    case "allow":
      if (!access || !renewal) return null;
      return (
        <AllowSheet
          characterId={sold.characterId}
          name={sold.name}
          plan={access.renewalPlan}
          price={renewal.price}
          onClose={onClose}
        />
      );
    case "topUp":
      if (!renewal) return null;
      return <TopUpSheet missing={renewal.price - renewal.balance} onClose={onClose} />;
  }
}

/** Buys what a renewal is short of, in microcredits. */
function TopUpSheet({ missing, onClose }: { missing: bigint; onClose: () => void }) {
  const packages = usePackages();
  const refill = refillFor(packages.data, missing > 0n ? missing * WEI_PER_MICROCREDIT : 1n);
  return <BuySheet offer={refill?.offer} quantity={refill?.quantity ?? 1n} onClose={onClose} onBought={onClose} />;
}
