import type { RoleCall } from "@stelai/sdk";
import { ArrowRight } from "lucide-react";
import { isAddressEqual } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { CONTRACTS } from "../../config/schema.ts";
import { exactUsd } from "../../format/exactUsd.ts";
import { formatCredits, UNKNOWN, WEI_PER_CREDIT } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { cadenceOf, priceEach } from "../../plans/plans.ts";
import { shownCredits, shownPercent } from "../../rewards/amounts.ts";
import { Hash } from "../../ui/Hash.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import css from "./Admin.module.css";
import { type Line, linesOf, type Value } from "./changes.ts";
import { useStanding } from "./useStanding.ts";

/** What a change is called, in a line. */
export function useChangeName(): (call: RoleCall) => string {
  const t = useT();
  const { contracts } = useAppConfig();
  const nameOf = (address: string) => {
    const name = CONTRACTS.find((each) => isAddressEqual(contracts[each], address as `0x${string}`));
    return name ? t(`contract.${name}`) : address;
  };
  return (call) => {
    switch (call.kind) {
      case "setPlanPrice":
        return t(call.price === 0n ? "admin.call.endPlan" : "admin.call.setPlanPrice", { id: String(call.planId) });
      case "setCommission":
        return t("admin.call.setCommission", { name: nameOf(call.source) });
      case "fundCampaign":
      case "stopCampaign":
        return t(`admin.call.${call.kind}`, { id: String(call.campaignId) });
      case "setTrusted":
        return t(call.isTrusted ? "admin.call.trust" : "admin.call.distrust");
      case "pause":
      case "unpause":
        return t(`admin.call.${call.kind}`, { name: t(`contract.${call.contract}`) });
      default:
        return t(`admin.call.${call.kind}`);
    }
  };
}

/** A value in words. */
export function useValueWords(): (value: Value) => string {
  const t = useT();
  return (value) => {
    if ("usd" in value) {
      const { usd, credits } = value;
      if (credits === undefined || credits === WEI_PER_CREDIT) return exactUsd(usd);
      const each = exactUsd(priceEach({ credits, price: usd }));
      return t("admin.value.price", { price: exactUsd(usd), each });
    }
    if ("bps" in value) return t("admin.value.percent", { percent: shownPercent(value.bps) });
    if ("bonus" in value) return t("admin.value.credits", { amount: shownCredits(value.bonus) });
    if ("at" in value) return formatMoment(Number(value.at));
    if ("kind" in value) return t(`admin.kind.${value.kind}`);
    return value.word === "unknown" ? UNKNOWN : t(`admin.word.${value.word}`);
  };
}

/** What a change makes of what holds now, line by line. */
export function ChangeLines({ call }: { call: RoleCall }) {
  const t = useT();
  const standing = useStanding(call.kind === "setTrusted" ? call.operator : undefined);
  const words = useValueWords();
  return (
    <dl className={css.lines}>
      {linesOf(call, standing).map((line) => {
        const [now, next] = [words(line.now), words(line.next)];
        return (
          <div key={JSON.stringify(line.what, (_, value) => (typeof value === "bigint" ? String(value) : value))}>
            <dt>
              <What of={line} />
            </dt>
            <dd>
              {now === next ? (
                <span className={css.note}>{t("admin.stays", { value: now })}</span>
              ) : (
                <>
                  {now} <Icon of={ArrowRight} size={14} />
                  <VisuallyHidden>{t("admin.becomes")}</VisuallyHidden> <strong>{next}</strong>
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function What({ of: { what } }: { of: Line }) {
  const t = useT();
  const { contracts } = useAppConfig();
  if ("credits" in what) {
    const { credits, period } = what;
    const cycle = period !== undefined && cadenceOf({ period });
    if (!cycle && credits === WEI_PER_CREDIT) return t("admin.what.single");
    return t(`admin.what.${cycle || "package"}`, { credits: formatCredits(credits) });
  }
  if ("operator" in what) return <Hash value={what.operator} what={t("admin.operator")} />;
  if ("source" in what) {
    const name = CONTRACTS.find((each) => isAddressEqual(contracts[each], what.source));
    return name ? t(`contract.${name}`) : <Hash value={what.source} what={t("desk.account")} />;
  }
  if ("contract" in what) {
    const name = CONTRACTS.find((each) => each === what.contract);
    return name ? t(`contract.${name}`) : what.contract;
  }
  return t(`admin.field.${what.field}`);
}
