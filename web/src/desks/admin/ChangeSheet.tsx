import type { RoleCall } from "@stelai/sdk";
import { useBalance, useStelaiQuery } from "@stelai/sdk/react";
import { type ReactNode, useCallback } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { ShortOfUsdc } from "../../credits/ShortOfUsdc.tsx";
import { formatUsd } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { formatSpan } from "../../selling/span.ts";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import css from "./Admin.module.css";
import { ChangeLines, useChangeName } from "./ChangeLines.tsx";
import { ROLE_OF, targetOf } from "./changes.ts";

export interface ChangeSheetProps {
  call: RoleCall;
  /** Makes what is still missing of it before it is sent. */
  complete?: () => Promise<RoleCall>;
  /** Below what it changes. */
  after?: ReactNode;
  onClose: () => void;
  /** Once it is made, or announced; with the campaign that it started. */
  onMade?: (made: { isScheduled: boolean; campaignId: bigint | null }) => void;
}

/** A change of who holds a role: what holds now and then, who may, when it takes effect. Drawn only while open. */
export function ChangeSheet({ call, complete, after, onClose, onMade }: ChangeSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const now = useChainNow();
  const name = useChangeName()(call);
  const { data: may, error } = useStelaiQuery(["canCall", address, call.kind], (stelai) =>
    stelai.roles.canCall({ call, account: address }),
  );
  const cost = call.kind === "fundCampaign" && may?.delay === 0 ? call.maxCost : 0n;
  const { data: balance } = useBalance(cost > 0n ? address : undefined, { refetchInterval: 5_000 });
  const isShort = balance !== undefined && balance.reserve < cost;
  const isWaiting = may !== undefined && may.delay > 0;
  const sign = useCallback(
    async (run: SigningRun) => {
      const whole = complete ? await complete() : call;
      const intent = { id: isWaiting ? "desk.intent.announce" : "desk.intent.make", values: { what: name } } as const;
      let isScheduled = false;
      const made = await act(run, intent, async (stelai) => {
        const sent = await stelai.roles.propose(whole);
        isScheduled = sent.isScheduled;
        return sent;
      });
      onMade?.({ isScheduled, campaignId: made.campaignId });
    },
    [act, call, complete, isWaiting, name, onMade],
  );
  const target = targetOf(call);
  const delay = formatSpan(BigInt(may?.delay ?? 0));
  const hold = error ? (
    <p role="alert">{t("admin.unread")}</p>
  ) : !may ? (
    <p className={css.note} role="status">
      {t("admin.reading")}
    </p>
  ) : !may.isAllowed ? (
    <p role="status">{t("admin.mayNot", { role: t(`admin.role.${ROLE_OF[call.kind]}`) })}</p>
  ) : isShort ? (
    <ShortOfUsdc balance={balance.reserve} needed={cost} />
  ) : undefined;
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={name}
      action={t(isWaiting ? "admin.announce" : "admin.make")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t(isWaiting ? "admin.announcing" : "admin.making"), seconds: 10 }}
      explain={explain}
      lead={<ChangeLines call={call} />}
      after={
        <>
          <p className={css.note}>{t("admin.who", { role: t(`admin.role.${ROLE_OF[call.kind]}`) })}</p>
          {after}
        </>
      }
      instead={hold}
      terms={{
        get: isWaiting
          ? t("admin.get.later", { delay, when: formatMoment(Number(now) + may.delay) })
          : t("admin.get.now"),
        now: cost > 0n ? formatUsd(cost) : t("admin.nothing"),
        ...(isWaiting && call.kind === "fundCampaign"
          ? { atMost: t("admin.fund.later", { cost: formatUsd(call.maxCost) }) }
          : {}),
        to: (
          <>
            {t(`contract.${isWaiting ? "AccessManager" : target}`)}{" "}
            <Hash
              value={contracts[isWaiting ? "AccessManager" : target]}
              what={t(`contract.${isWaiting ? "AccessManager" : target}`)}
            />
          </>
        ),
        undo: t(isWaiting ? "admin.undo.later" : `admin.undo.${undoOf(call)}`),
        cost: t(cost > 0n ? "admin.cost.fund" : "desk.cost"),
      }}
    />
  );
}

/** How what takes effect at once is undone. */
function undoOf({ kind }: RoleCall): "change" | "never" | "stop" | "resume" {
  if (kind === "stopCampaign" || kind === "fundCampaign") return "never";
  if (kind === "startCampaign") return "stop";
  return kind === "pause" ? "resume" : "change";
}
