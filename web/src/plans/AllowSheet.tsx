import "../credits/buyingWords.ts";
import type { Sent, Stelai } from "@stelai/sdk";
import { erc20Abi } from "viem";
import { simulateContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Hash } from "../ui/Hash.tsx";
import { type Agreements, allowanceAfter, neededForYear, neededNext } from "./allowance.ts";
import { PlanSheet } from "./PlanSheet.tsx";
import { useAgreed } from "./useAgreed.ts";

/** Lets the credit store take what renewals and top-ups need for a year, and no more. Drawn only while open. */
export function AllowSheet({
  renewal,
  onClose,
}: {
  renewal: Omit<Agreements, "cap"> | undefined;
  onClose: () => void;
}) {
  const t = useT();
  const { contracts } = useAppConfig();
  const { agreed, isError } = useAgreed();
  const needs: Agreements = { mandate: 0n, cadence: "month", ...renewal, cap: agreed?.cap ?? 0n };
  const after = agreed && allowanceAfter(agreed.allowance, { enough: neededNext(needs), wanted: neededForYear(needs) });
  const words = { before: formatUsd(agreed?.allowance), amount: formatUsd(after) };
  return (
    <PlanSheet
      onClose={onClose}
      title={t("plan.sheet.allow.title")}
      action={t("plan.sheet.allow.action", words)}
      pays={0n}
      // What it does is the allowance itself: one step, told by the terms.
      allowance={agreed && null}
      intent={{ id: "plan.intent.allow" }}
      send={(stelai) => allow(stelai, after ?? 0n)}
      hold={isError ? <p>{t("plan.sheet.unread")}</p> : undefined}
      terms={{
        get: t("plan.sheet.allow.get", words),
        atMost: t("plan.sheet.allow.atMost", words),
        to: (
          <>
            {t("credits.buy.to")} <Hash value={contracts.CreditStore} what={t("credits.buy.to")} />
          </>
        ),
        undo: t("plan.sheet.allow.undo"),
      }}
    />
  );
}

/** Sets what the credit store may take, in reserve units, as any ERC-20 wallet does. */
async function allow({ client }: Stelai, amount: bigint): Promise<Sent> {
  const { Reserve, CreditStore } = client.deployment.contracts;
  const wallet = client.walletClient;
  if (!wallet?.account) throw new TypeError("no wallet");
  const call = { address: Reserve, abi: erc20Abi, functionName: "approve", account: wallet.account } as const;
  const args = [CreditStore, amount] as const;
  await simulateContract(client.publicClient, { ...call, args });
  const hash = await writeContract(wallet, { ...call, args, chain: client.chain });
  return { hash, wait: async () => ({ receipt: await waitForTransactionReceipt(client.publicClient, { hash }) }) };
}
