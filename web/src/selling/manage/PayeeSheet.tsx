import { type NewOffer, type OfferView, type Share, splitOf, WHOLE_BPS } from "@stelai/sdk";
import { payoutsAbi } from "@stelai/sdk/abis";
import { useStelai } from "@stelai/sdk/react";
import { useCallback, useMemo, useState } from "react";
import type { Address } from "viem";
import { readContract } from "viem/actions";
import { useAppConfig } from "../../config/ConfigContext.ts";
import manage from "../../creator/manage/Manage.module.css";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { offersAfter } from "./offersLost.ts";
import type { ManagedWork } from "./useManagedWork.ts";

export interface PayeeSheetProps {
  work: ManagedWork;
  /** In the order of the chain. */
  shares: readonly Share[];
  /** What is offered now, and is offered again after it. */
  offers: readonly OfferView[];
  /** Who delivers them from then on; without it nothing is offered again. */
  attestor: Address | undefined;
  onClose: () => void;
}

/** Changes who earns: the split is published where it is new, the payee set, and the offers that it voids made again. */
export function PayeeSheet({ work: { workId, title }, shares, offers, attestor, onClose }: PayeeSheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const [first] = shares;
  const isSplit = shares.length > 1;
  const payee = isSplit || first?.bps !== WHOLE_BPS ? splitOf(shares) : first.recipient;
  // What stood when it was opened: half way through, the index calls them void.
  const [before] = useState<readonly NewOffer[]>(() => (attestor ? offersAfter(offers, attestor) : []));
  const count = (isSplit ? 1 : 0) + 1 + (before.length > 0 ? 1 : 0);
  const [made] = useState(() => ({ offers: false }));

  const sign = useCallback(
    async (run: SigningRun) => {
      // Tried again after a later one was refused, the earlier ones stand.
      const { client } = stelai;
      if (isSplit) {
        const call = { abi: payoutsAbi, address: contracts.Payouts, functionName: "isPayee", args: [payee] } as const;
        if (!(await readContract(client.publicClient, call))) {
          const intent = { id: "sell.intent.split", values: { title } } as const;
          await act(run, intent, (mine) => mine.payouts.registerSplit({ shares }));
        }
      }
      if ((await stelai.works.getWork({ workId })).ownerPayee !== payee) {
        const intent = { id: "sell.intent.payee", values: { title } } as const;
        await act(run, intent, (mine) => mine.works.setPayee({ workId, payee }));
      }
      if (before.length > 0 && !made.offers) {
        const intent = { id: "sell.intent.offer", values: { title } } as const;
        await act(run, intent, (mine) => mine.market.addOffers({ workId, offers: before }));
        made.offers = true;
      }
    },
    [act, stelai, contracts, workId, title, shares, payee, isSplit, before, made],
  );
  const steps = useMemo(
    () => [
      ...(isSplit ? [t("sell.payee.stepSplit")] : []),
      t("sell.payee.stepPayee"),
      ...(before.length > 0 ? [t("sell.payee.stepOffers", { count: before.length })] : []),
    ],
    [t, isSplit, before],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("sell.payee.title", { title })}
      lead={
        count > 1 && (
          <ol className={manage.steps}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )
      }
      action={t("sell.payee.action")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("sell.payee.sending"), seconds: 10 * count }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>{t("sell.payee.get", { count: shares.length })}</div>
            <div className={manage.note}>{t("sell.payee.open")}</div>
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Works} what={t("publish.create.to")} />
          </>
        ),
        undo: t("sell.payee.undo"),
        cost: t("sell.cost", { count }),
      }}
    />
  );
}
