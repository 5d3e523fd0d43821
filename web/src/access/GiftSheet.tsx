import type { Plan } from "@stelai/sdk";
import { stelaiKey, useInvalidate, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useId, useState } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Chip } from "../ui/Chip.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Input } from "../ui/Input.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Access.module.css";
import { explainPass } from "./explainPass.ts";
import { PayingSheet } from "./PayingSheet.tsx";
import { plansOf, type Sold, scheduleOf, startOf } from "./plans.ts";
import { receiverOf } from "./receiver.ts";
import { usePrice } from "./usePrice.tsx";

/** Gives a pass to another account, in one transaction. It does not renew. Drawn only while open. */
export function GiftSheet({ sold, onClose }: { sold: Sold; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { characterId, name, terms } = sold;
  const now = useChainNow();
  // As they were when it opened: what is sold no more is told, not exchanged for another.
  const [plans] = useState(() => plansOf(terms));
  const [plan, setPlan] = useState<Plan>(plans[0] ?? "Monthly");
  const [typed, setTyped] = useState("");
  const receiver = receiverOf(typed, { self: address, contracts: Object.values(contracts) });
  const account = typeof receiver === "object" ? receiver.account : undefined;
  // What they have already decides when a gift begins, and whether it can be given at all.
  const theirs = useQuery({
    queryKey: stelaiKey(stelai, "gift", characterId, account),
    queryFn: async () => {
      const [access, allowed] = await Promise.all([
        stelai.access.getAccess({ characterId, account }),
        stelai.characters.isAllowed({ characterId, account: account ?? "0x" }),
      ]);
      return { access, allowed };
    },
    enabled: account !== undefined,
  });
  const problem =
    typeof receiver === "string"
      ? receiver
      : theirs.data?.access.lifetime
        ? "lifetime"
        : theirs.data && !theirs.data.allowed
          ? "notAllowed"
          : undefined;
  const { agreed: price, hold, refresh } = usePrice(sold, plan);
  const shown = formatCredits(price * WEI_PER_MICROCREDIT, { rounding: "up" });
  const start = startOf(theirs.data?.access.until, now);
  const schedule = plan === "Lifetime" ? undefined : scheduleOf(plan, start);
  const isReady = account !== undefined && problem === undefined && theirs.data !== undefined;

  const give = useCallback(
    async (run: SigningRun) => {
      if (!account) return;
      const intent = { id: "gift.intent", values: { name } } as const;
      await act(run, intent, (mine) => mine.access.gift({ characterId, account, plan, maxPrice: price }));
    },
    [account, act, characterId, name, plan, price],
  );

  return (
    <PayingSheet
      onClose={onClose}
      due={price * WEI_PER_MICROCREDIT}
      title={t("gift.title", { name })}
      action={t("gift.action", { price: shown })}
      kind="transaction"
      onSign={give}
      sending={{ label: t("gift.sending"), seconds: 5 }}
      explain={(error) =>
        explainPass(error, t, () => {
          refresh();
          void invalidate("model");
        })
      }
      lead={
        <div className={css.fields}>
          <Input
            label={t("gift.to")}
            hint={t("gift.toHint")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={problem && typed.trim() !== "" ? t(`gift.problem.${problem}`) : undefined}
            autoComplete="off"
            spellCheck={false}
            translate="no"
          />
          {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
          <div role="group" aria-labelledby={label} className={css.choice}>
            <span id={label}>{t("gift.what")}</span>
            {plans.map((one) => (
              <Chip key={one} pressed={one === plan} onPress={() => setPlan(one)}>
                {t(`access.plan.${one}`)}
              </Chip>
            ))}
          </div>
        </div>
      }
      instead={isReady ? hold : <p className={css.note}>{t("gift.first")}</p>}
      terms={{
        get: schedule
          ? t(schedule.start > now ? "gift.getLater" : "gift.get", {
              name,
              start: formatMoment(Number(schedule.start)),
              until: formatMoment(Number(schedule.until)),
            })
          : t("gift.getForGood", { name }),
        now: t("pass.now", { price: shown }),
        to: (
          <>
            {t("pass.to")} <Hash value={contracts.CharacterAccess} what={t("pass.to")} />
          </>
        ),
        undo: t("gift.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
