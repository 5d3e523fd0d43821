import { charactersAbi } from "@stelai/sdk/abis";
import { useCallback, useMemo, useRef, useState } from "react";
import { encodeFunctionData } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatCount, formatEther } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useNetworkFee } from "../useNetworkFee.ts";
import { type AllowJob, afterBatch, BATCH, stepsOf, writeAllowJob } from "./allowJob.ts";

export interface AllowSheetProps {
  characterId: bigint;
  name: string;
  job: AllowJob;
  /** Told after each transaction what is left; with an empty list when it is done. */
  onProgress: (job: AllowJob) => void;
  onClose: () => void;
}

/** Puts people on the allow list or takes them off, a batch a transaction, and goes on where it stopped. */
export function AllowSheet({ characterId, name, job, onProgress, onClose }: AllowSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { allowed } = job;
  const { left, step, count } = stepsOf(job);
  const [begun] = useState(job);
  const latest = useRef(job);
  latest.current = job;
  const people = formatCount(job.accounts.length);
  const total = formatCount(begun.accounts.length);

  const call = useMemo(() => {
    const args = [characterId, job.accounts.slice(0, BATCH), allowed] as const;
    return {
      to: contracts.Characters,
      data: encodeFunctionData({ abi: charactersAbi, functionName: "setAllowed", args }),
    };
  }, [contracts, characterId, job, allowed]);
  const fee = useNetworkFee(job.accounts.length > 0 ? call : undefined);

  const sign = useCallback(
    async (run: SigningRun) => {
      let rest = latest.current;
      while (rest.accounts.length > 0) {
        const accounts = rest.accounts.slice(0, BATCH);
        const intent = {
          id: allowed ? "circle.allow.intent" : "circle.remove.intent",
          values: { count: accounts.length, name },
        } as const;
        await act(run, intent, (stelai) => stelai.characters.setAllowed({ characterId, accounts, allowed }));
        rest = afterBatch(rest);
        // A page closed now goes on from here.
        await writeAllowJob(characterId, rest).catch(() => undefined);
        onProgress(rest);
      }
    },
    [act, characterId, name, allowed, onProgress],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t(allowed ? "circle.allow.title" : "circle.remove.title", { count: begun.accounts.length, name })}
      lead={left > 1 && <p>{t("circle.batches", { count: left, size: BATCH })}</p>}
      action={t(allowed ? "circle.allow.action" : "circle.remove.action", { count: job.accounts.length })}
      kind="transaction"
      onSign={sign}
      sending={{
        label: count > 1 ? t("circle.sendingStep", { step, count }) : t("circle.sending"),
        seconds: 10,
      }}
      explain={(error) => {
        const explained = explain(error);
        return count === 1
          ? explained
          : {
              ...explained,
              todo: (
                <>
                  {explained.todo} {t("circle.keptRest", { left: people, total })}
                </>
              ),
            };
      }}
      terms={{
        get: t(allowed ? "circle.allow.get" : "circle.remove.get", { count: begun.accounts.length, name }),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Characters} what={t("publish.create.to")} />
          </>
        ),
        undo: t(allowed ? "circle.allow.undo" : "circle.remove.undo"),
        cost:
          left > 1
            ? t("circle.cost", { count: left, fee: formatEther(fee) })
            : t("publish.create.cost", { fee: formatEther(fee) }),
      }}
    />
  );
}
