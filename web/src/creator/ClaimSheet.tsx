import { characterAccessAbi, inferenceMeterAbi, payoutsAbi } from "@stelai/sdk/abis";
import { useClaimable } from "@stelai/sdk/react";
import { Check } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { type Address, encodeFunctionData } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatEther, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { AtFloor } from "../ui/AtFloor.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useCharacterName } from "./CharacterName.tsx";
import css from "./ClaimSheet.module.css";
import { useNetworkFee } from "./useNetworkFee.ts";

/** What one character earned that waits to be moved to where it is claimed. */
export interface Uncollected {
  readonly id: bigint;
  /** In the meter, by use; or vested of passes. */
  readonly from: "use" | "passes";
  readonly metadataURI: string;
  /** What of it comes to the account, in wei of STELAI. */
  readonly net: bigint;
}

/** A claim as it was laid out when it was asked for: what is shown stays as it is while it is done. */
export interface ClaimPlan {
  readonly uncollected: readonly Uncollected[];
  /** In wei of STELAI, net. */
  readonly total: bigint;
  /** In reserve units, when it is redeemed at once. */
  readonly cashOut: bigint | undefined;
  /** Reserve units for a credit. */
  readonly floor: bigint | undefined;
}

export interface ClaimSheetProps {
  plan: ClaimPlan;
  account: Address;
  onClose: () => void;
}

/**
 * Claims what was earned: one transaction for each character whose use is not collected or whose passes are not
 * harvested yet, and one for the claim.
 */
export function ClaimSheet({ plan, account, onClose }: ClaimSheetProps) {
  const [step, setStep] = useState(0);
  const next = useCallback(() => setStep((done) => done + 1), []);
  const current = plan.uncollected[step];
  // Each step is a sheet anew: its own terms, its own wait.
  if (current) {
    return (
      <CollectStep key={keyOf(current)} plan={plan} step={step} current={current} onClose={onClose} onDone={next} />
    );
  }
  return <WithdrawStep plan={plan} step={step} account={account} onClose={onClose} />;
}

const keyOf = ({ from, id }: Uncollected) => `${from} ${id}`;

/** As many days as one transaction harvests (the SDK's own default). */
const MOST_DAYS = 400n;

/** The words of a step, by where the earning waits. */
const WORDS = {
  use: {
    step: "studio.claim.stepCollect",
    action: "studio.collect.action",
    intent: "studio.collect.intent",
    sending: "studio.collect.sending",
    get: "studio.collect.get",
    to: "studio.collect.to",
    undo: "studio.collect.undo",
  },
  passes: {
    step: "studio.claim.stepHarvest",
    action: "studio.harvest.action",
    intent: "income.harvest.intent",
    sending: "income.harvest.sending",
    get: "studio.harvest.get",
    to: "income.harvest.to",
    undo: "income.harvest.undo",
  },
} as const;

interface StepProps {
  plan: ClaimPlan;
  step: number;
  onClose: () => void;
}

function StepName({ item }: { item: Uncollected }) {
  const t = useT();
  const name = useCharacterName(item.id, item.metadataURI);
  return t(WORDS[item.from].step, { name, net: formatCredits(item.net, { rounding: "down" }) });
}

/** All that will be signed, in order, where it is more than one. */
function Steps({ plan, step }: Pick<StepProps, "plan" | "step">) {
  const t = useT();
  if (plan.uncollected.length === 0) return null;
  const last = plan.cashOut === undefined ? t("studio.claim.stepClaim") : t("studio.claim.stepCashOut");
  return (
    <>
      <p className={css.lead}>{t("studio.claim.steps", { count: plan.uncollected.length + 1 })}</p>
      <ol className={css.steps}>
        {plan.uncollected.map((item, at) => (
          <li key={keyOf(item)} aria-current={at === step ? "step" : undefined}>
            <StepName item={item} /> {at < step && <Done />}
          </li>
        ))}
        <li aria-current={step === plan.uncollected.length ? "step" : undefined}>{last}</li>
      </ol>
    </>
  );
}

function Done() {
  const t = useT();
  return (
    <span className={css.done}>
      <Icon of={Check} size={14} /> {t("studio.claim.stepDone")}
    </span>
  );
}

function CollectStep({
  plan,
  step,
  current,
  onClose,
  onDone,
}: StepProps & { current: Uncollected; onDone: () => void }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { id, net, from } = current;
  const words = WORDS[from];
  const contract = from === "use" ? contracts.InferenceMeter : contracts.CharacterAccess;
  const name = useCharacterName(id, current.metadataURI);
  const call = useMemo(
    () => ({
      to: contract,
      data:
        from === "use"
          ? encodeFunctionData({ abi: inferenceMeterAbi, functionName: "collect", args: [id] })
          : encodeFunctionData({ abi: characterAccessAbi, functionName: "harvest", args: [id, MOST_DAYS] }),
    }),
    [contract, from, id],
  );
  const fee = useNetworkFee(call);
  const collect = useCallback(
    async (run: SigningRun) => {
      const intent = { id: WORDS[from].intent, values: { name } } as const;
      await act(run, intent, (stelai) =>
        from === "use"
          ? stelai.characters.collect({ characterId: id })
          : stelai.access.harvest({ characterId: id, maxDays: MOST_DAYS }),
      );
    },
    [act, from, id, name],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={onDone}
      title={t("studio.collect.title", { step: step + 1, count: plan.uncollected.length + 1 })}
      lead={<Steps plan={plan} step={step} />}
      action={t(words.action, { name })}
      kind="transaction"
      onSign={collect}
      sending={{ label: t(words.sending), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            {t(words.get, { net: formatCredits(net, { rounding: "down" }), name })}
            <div>
              <AtFloor wei={net} />
            </div>
          </>
        ),
        now: t("studio.collect.now"),
        to: (
          <>
            {t(words.to)} <Hash value={contract} what={t(words.to)} />
          </>
        ),
        undo: t(words.undo),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}

function WithdrawStep({ plan, step, account, onClose }: StepProps & { account: Address }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { cashOut, total } = plan;
  const amount = formatCredits(total, { rounding: "down" });
  const usd = formatUsd(cashOut, { rounding: "down" });
  const isCashOut = cashOut !== undefined;
  const { data: claimable } = useClaimable(account);
  const call = useMemo(() => {
    if (!claimable || claimable.total === 0n) return undefined;
    const { steps } = claimable;
    const data =
      cashOut === undefined
        ? encodeFunctionData({ abi: payoutsAbi, functionName: "claim", args: [steps, account] })
        : encodeFunctionData({ abi: payoutsAbi, functionName: "claimAndRedeem", args: [steps, account, cashOut] });
    return { to: contracts.Payouts, data };
  }, [contracts, account, claimable, cashOut]);
  const fee = useNetworkFee(call);
  const withdraw = useCallback(
    async (run: SigningRun) => {
      const intent = isCashOut
        ? ({ id: "studio.cashOut.intent", values: { amount, usd } } as const)
        : ({ id: "studio.claim.intent", values: { amount } } as const);
      await act<unknown>(run, intent, async (stelai) => {
        // Read now: what was just collected may have to flow through splits first.
        const flows = await stelai.payouts.findFlows({ account });
        const { steps } = await stelai.payouts.getClaimable({ account, steps: flows });
        return isCashOut ? stelai.payouts.claimAndRedeem({ steps, minimum: cashOut }) : stelai.payouts.claim({ steps });
      });
    },
    [act, account, amount, usd, cashOut, isCashOut],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={isCashOut ? t("studio.cashOut.title", { amount }) : t("studio.claim.title", { amount })}
      lead={<Steps plan={plan} step={step} />}
      action={isCashOut ? t("studio.cashOut.action", { usd }) : t("studio.claim.action", { amount })}
      kind="transaction"
      onSign={withdraw}
      sending={{ label: t("studio.claim.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: isCashOut ? (
          t("studio.cashOut.get", { usd, rate: formatUsd(plan.floor) })
        ) : (
          <>
            {t("studio.claim.get", { amount })}
            <div>
              <AtFloor wei={total} />
            </div>
          </>
        ),
        now: isCashOut ? t("studio.cashOut.now", { amount }) : t("publish.create.now"),
        to: (
          <>
            {t("studio.claim.to")} <Hash value={account} what={t("wallet.address")} />
          </>
        ),
        undo: isCashOut ? t("studio.cashOut.undo") : t("studio.claim.undo"),
        cost: t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
