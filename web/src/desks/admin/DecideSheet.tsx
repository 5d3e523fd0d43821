import type { RoleCall } from "@stelai/sdk";
import { useBalance } from "@stelai/sdk/react";
import { useCallback } from "react";
import type { Announced } from "../../announcements/useAnnouncements.ts";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { ShortOfUsdc } from "../../credits/ShortOfUsdc.tsx";
import { formatUsd } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import css from "./Admin.module.css";
import { ChangeLines, useChangeName } from "./ChangeLines.tsx";
import { targetOf } from "./changes.ts";
import { useSchedule } from "./useStanding.ts";

/** What is done with an announcement. */
export type Deed = "execute" | "cancel";

export interface DecideSheetProps {
  announced: Announced;
  call: RoleCall;
  deed: Deed;
  onClose: () => void;
}

/** Makes an announced change, or takes it back; the chain's word on it stands above the index's. Drawn only while open. */
export function DecideSheet({ announced, call, deed, onClose }: DecideSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const now = useChainNow();
  const { operationId, caller } = announced;
  const name = useChangeName()(call);
  const schedule = useSchedule(operationId);
  const isExecuting = deed === "execute";
  const cost = isExecuting && call.kind === "fundCampaign" ? call.maxCost : 0n;
  const { data: balance } = useBalance(cost > 0n ? address : undefined, { refetchInterval: 5_000 });
  const sign = useCallback(
    async (run: SigningRun) => {
      const intent = { id: isExecuting ? "desk.intent.make" : "desk.intent.cancel", values: { what: name } } as const;
      await act<unknown>(run, intent, (stelai) =>
        isExecuting ? stelai.roles.execute(call) : stelai.roles.cancel({ call, announcer: caller }),
      );
    },
    [act, call, caller, isExecuting, name],
  );
  // What is made is made by the contract itself, which asks the AccessManager.
  const target = isExecuting ? targetOf(call) : "AccessManager";
  const readyAt = schedule.data;
  const hold = schedule.error ? (
    <p role="alert">{t("admin.unread")}</p>
  ) : readyAt === undefined ? (
    <p className={css.note} role="status">
      {t("admin.reading")}
    </p>
  ) : readyAt === 0n ? (
    <p role="status">{t("admin.gone")}</p>
  ) : isExecuting && readyAt > now ? (
    <p role="status">{t("admin.notYet", { when: formatMoment(Number(readyAt)) })}</p>
  ) : balance !== undefined && balance.reserve < cost ? (
    <ShortOfUsdc balance={balance.reserve} needed={cost} />
  ) : undefined;
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={name}
      action={t(isExecuting ? "admin.execute" : "admin.cancel")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t(isExecuting ? "admin.making" : "admin.cancelling"), seconds: 10 }}
      explain={explain}
      lead={<ChangeLines call={call} />}
      instead={hold}
      terms={{
        get: t(isExecuting ? "admin.get.now" : "admin.get.cancelled"),
        now: cost > 0n ? formatUsd(cost) : t("admin.nothing"),
        to: (
          <>
            {t(`contract.${target}`)} <Hash value={contracts[target]} what={t(`contract.${target}`)} />
          </>
        ),
        undo: t(isExecuting ? "admin.undo.executed" : "admin.undo.cancelled"),
        cost: t(cost > 0n ? "admin.cost.fund" : "desk.cost"),
      }}
    />
  );
}
