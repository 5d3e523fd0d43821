import { allowanceAfter, type PeriodPlan } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** An allowance without an end, in microcredits. */
const ENDLESS = 2n ** 128n / WEI_PER_MICROCREDIT;

/** How an allowance in microcredits is told. */
export function useAllowanceWords(): (micro: bigint) => string {
  const t = useT();
  return (micro) =>
    micro >= ENDLESS
      ? t("allowances.endless")
      : t("allowances.credits", { amount: formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" }) });
}

/** What renewals of the connected account's passes may take now, in microcredits; undefined until it is read. */
export function useAllowance() {
  const stelai = useStelai();
  const { address } = useWallet();
  return useQuery({
    queryKey: stelaiKey(stelai, "allowance", address),
    queryFn: () => stelai.access.getAllowance({ account: address }),
    enabled: address !== undefined,
    staleTime: 0,
  });
}

/** What passes may take, before and after a purchase, in microcredits; all of an account's share it. */
export interface AllowanceChange {
  readonly before: bigint;
  readonly after: bigint;
}

/** What a sheet asks the allowance for. */
export interface Wanted {
  readonly characterId: bigint;
  /** Undefined where nothing renews: then nothing is read. */
  readonly plan: PeriodPlan | undefined;
  /** Of a renewal at most, in microcredits. */
  readonly price: bigint;
  /** Unix seconds. */
  readonly now: bigint;
}

/** Read once, when a sheet opens: what it shows is what it signs. */
export function useAllowanceChange({ characterId, plan, price, now }: Wanted): {
  change: AllowanceChange | undefined;
  isError: boolean;
} {
  const stelai = useStelai();
  const { address } = useWallet();
  const { data, isError } = useQuery({
    // Not a key of the chain's: what the act itself changes must not change what was agreed to.
    queryKey: ["sheet", "allowance", address, String(characterId)],
    queryFn: async () => {
      const [allowed, passes] = await Promise.all([
        stelai.access.getAllowance({ account: address }),
        // Without the index the others are not known; then it is added to what is allowed.
        stelai.access.listPasses({ account: address }).catch(() => undefined),
      ]);
      return { allowed, passes };
    },
    enabled: address !== undefined && plan !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!data || !plan) return { change: undefined, isError };
  const { allowed, passes } = data;
  const after = allowanceAfter({ characterId, plan, price, allowed, passes, at: now });
  return { change: { before: allowed, after }, isError };
}
