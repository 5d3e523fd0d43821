import { useBalance, useOperator } from "@stelai/sdk/react";
import { useCallback, useId, useRef, useState } from "react";
import { parseCredits } from "../credits/parse.ts";
import { formatCredits, formatUsd, WEI_PER_CREDIT, WEI_PER_MICROCREDIT, worth } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { Hash } from "../ui/Hash.tsx";
import { Input } from "../ui/Input.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Select } from "../ui/Select.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Keys.module.css";

/** Budgets to choose from, in credits, and days that a key pays. */
const CAPS = [5n, 20n, 100n];
const DAYS = [7, 30, 90, 365];
const MOST = 1_000_000n * WEI_PER_CREDIT;
const MAX_NAME = 60;

export interface CreateKeySheetProps {
  onClose: () => void;
  /** With the key, which is told no second time. */
  onMade: (key: string) => void;
}

/** Makes an API key with one signature: its name, its budget, its time. Drawn only while open. */
export function CreateKeySheet({ onClose, onMade }: CreateKeySheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const { address } = useWallet();
  const operator = useOperator();
  const balance = useBalance(address);
  const { price } = useCreditRate();
  const now = useChainNow();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<bigint | undefined>(CAPS[0]);
  const [other, setOther] = useState("");
  const [days, setDays] = useState(30);
  const [isTried, setTried] = useState(false);
  const made = useRef<string>(undefined);

  const sponsor = operator.data?.sponsor;
  const least = (sponsor?.minimumCap ?? 1_000_000n) * WEI_PER_MICROCREDIT;
  const asked = chosen === undefined ? parseCredits(other) : chosen * WEI_PER_CREDIT;
  const isWhole = asked !== undefined && asked % WEI_PER_MICROCREDIT === 0n;
  const cap = isWhole && asked >= least && asked <= MOST ? asked : undefined;
  const fee = sponsor?.tabFee;
  const total = cap === undefined || fee === undefined ? undefined : cap + fee;
  const credits = balance.data?.stelai;
  const isShort = credits !== undefined && total !== undefined && credits < total;
  const nameWrong = name.trim().length === 0 || name.trim().length > MAX_NAME;
  const isReady = cap !== undefined && !nameWrong;
  const words = { cap: formatCredits(cap), total: formatCredits(total), fee: formatCredits(fee) };
  const usd = formatUsd(worth(cap, price), { rounding: "up" });

  const make = useCallback(
    async (run: SigningRun) => {
      if (cap === undefined) return;
      const intent = { id: "keys.create.intent", values: { cap: formatCredits(cap) } } as const;
      await act(run, intent, async (stelai) => {
        const { key, ...sent } = await stelai.budgetKeys.create({
          ...{ name: name.trim(), cap: cap / WEI_PER_MICROCREDIT, duration: BigInt(days) * 86_400n },
        });
        made.current = key;
        return sent;
      });
    },
    [act, cap, days, name],
  );

  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={() => (made.current === undefined ? onClose() : onMade(made.current))}
      title={t("keys.create.title")}
      action={t("keys.create.action", words)}
      kind="signature"
      onSign={make}
      sending={{ label: t("keys.create.sending"), seconds: 4 }}
      explain={explain}
      lead={
        <div className={css.form}>
          <p className={css.muted}>{t("keys.create.lead")}</p>
          <Input
            label={t("keys.name")}
            hint={t("keys.nameHint")}
            value={name}
            maxLength={MAX_NAME}
            error={isTried && nameWrong ? t("keys.nameWrong") : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
          <div role="group" aria-labelledby={label} className={css.caps}>
            <span id={label}>{t("keys.create.cap")}</span>
            {CAPS.map((one) => (
              <Chip key={String(one)} pressed={one === chosen} onPress={() => setChosen(one)}>
                {formatCredits(one * WEI_PER_CREDIT)}
              </Chip>
            ))}
            <Chip pressed={chosen === undefined} onPress={() => setChosen(undefined)}>
              {t("keys.create.other")}
            </Chip>
          </div>
          {chosen === undefined && (
            <Input
              label={t("keys.create.other")}
              hint={cap === undefined ? t("keys.create.otherHintPlain") : t("keys.create.otherHint", { worth: usd })}
              inputMode="decimal"
              value={other}
              error={
                cap === undefined && (isTried || other !== "")
                  ? t("keys.create.capWrong", { least: formatCredits(least) })
                  : undefined
              }
              onChange={(event) => setOther(event.currentTarget.value)}
            />
          )}
          <Select
            label={t("keys.create.duration")}
            value={String(days)}
            options={DAYS.map((count) => ({ value: String(count), label: t("keys.create.days", { days: count }) }))}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          />
        </div>
      }
      instead={
        isShort ? (
          <div className={css.form}>
            <p>
              {t("keys.create.short", {
                balance: formatCredits(credits, { rounding: "down" }),
                needed: formatCredits(total),
              })}
            </p>
            <ButtonLink href="/credits" variant="primary">
              {t("keys.create.buy")}
            </ButtonLink>
          </div>
        ) : isReady ? undefined : (
          <div className={css.buttons}>
            <Button variant="primary" onClick={() => setTried(true)}>
              {t("keys.create.action", words)}
            </Button>
            <Button onClick={onClose}>{t("signing.notNow")}</Button>
          </div>
        )
      }
      terms={{
        get: t("keys.create.get", words),
        now: (
          <>
            {t("keys.create.now", words)} · {formatUsd(worth(total, price), { rounding: "up" })}
          </>
        ),
        atMost: t("keys.create.atMost", words),
        to: (
          <>
            {t("tab.open.to")} {operator.data && <Hash value={operator.data.operator} what={t("tab.open.to")} />}
          </>
        ),
        until: t("keys.create.until", { moment: formatMoment(Number(now) + days * 86_400) }),
        undo: t("keys.create.undo"),
        cost: t("keys.create.cost", words),
        ...(credits !== undefined && total !== undefined && !isShort
          ? {
              balance: {
                before: formatCredits(credits, { rounding: "down" }),
                after: formatCredits(credits - total, { rounding: "down" }),
              },
            }
          : {}),
      }}
    />
  );
}
