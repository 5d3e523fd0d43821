import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Address } from "viem";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Allowances.module.css";
import { type Allowance, readAllowances, revoke } from "./allowances.ts";

/** An allowance without an end, as some wallets give it, is told as such. */
const ENDLESS = 2n ** 128n;

/** What the account lets our contracts take, with what each is for, and the way to take it back. */
export function Allowances({ account }: { account: Address }) {
  const t = useT();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const [revoking, setRevoking] = useState<Allowance>();
  const found = useQuery({
    queryKey: stelaiKey(stelai, "allowances", account),
    queryFn: () => readAllowances(stelai, account),
    refetchInterval: 15_000,
  });
  const shown = ({ token, amount }: Allowance) =>
    amount >= ENDLESS
      ? t("allowances.endless")
      : token === "Stelai"
        ? t("allowances.credits", { amount: formatCredits(amount, { rounding: "down" }) })
        : formatUsd(amount, { rounding: "down" });
  return (
    <>
      {found.isPending ? (
        <Skeleton height="4rem" />
      ) : !found.data ? (
        <p className={css.muted}>{t("allowances.unread")}</p>
      ) : found.data.length === 0 ? (
        <p className={css.muted}>{t("allowances.none")}</p>
      ) : (
        <ul className={css.list}>
          {found.data.map((one) => (
            <li key={`${one.token} ${one.spender}`} className={css.row}>
              <div>
                <p>
                  {t(`contract.${one.spender}`)}{" "}
                  <Hash value={contracts[one.spender]} what={t(`contract.${one.spender}`)} />
                </p>
                <p className={css.muted}>{t(`allowances.why.${one.spender}`)}</p>
              </div>
              <span className={css.amount}>{shown(one)}</span>
              <Button size="small" onClick={() => setRevoking(one)}>
                {t("allowances.revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {revoking && <RevokeSheet allowance={revoking} amount={shown(revoking)} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function RevokeSheet({ allowance, amount, onClose }: { allowance: Allowance; amount: string; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { spender, token } = allowance;
  const name = t(`contract.${spender}`);
  const sign = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: "allowances.intent", values: { name } }, (stelai) => revoke(stelai, allowance));
    },
    [act, allowance, name],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("allowances.intent", { name })}
      action={t("allowances.action", { amount })}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("allowances.sending"), seconds: 5 }}
      explain={explain}
      terms={{
        get: t(spender === "CharacterAccess" ? "allowances.get.CharacterAccess" : "allowances.get", { name, amount }),
        now: t("renewal.now"),
        to: (
          <>
            {t(`contract.${token}`)} <Hash value={contracts[token]} what={t(`contract.${token}`)} />
          </>
        ),
        undo: t("allowances.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
