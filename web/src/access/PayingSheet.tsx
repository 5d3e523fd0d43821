import { useBalance, usePackages } from "@stelai/sdk/react";
import { useState } from "react";
import { BuySheet } from "../credits/BuySheet.tsx";
import { formatCredits, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet, type SigningSheetProps } from "../signing/SigningSheet.tsx";
import { Button } from "../ui/Button.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Access.module.css";
import { type Refill, refillFor } from "./plans.ts";

export interface PayingSheetProps extends Omit<SigningSheetProps, "open"> {
  /** What leaves the wallet, in wei of STELAI; below zero when more comes back. Undefined while it is not known. */
  due: bigint | undefined;
}

/**
 * A signing sheet for what is paid in credits: shows the balance before and after; where it is too small, says by how
 * much and buys what is missing in the same place, then goes on. Drawn only while open.
 */
export function PayingSheet({ due, terms, instead, ...sheet }: PayingSheetProps) {
  const t = useT();
  const { address } = useWallet();
  const balance = useBalance(address);
  const packages = usePackages();
  const [buying, setBuying] = useState<Refill>();
  const have = balance.data?.stelai;
  const after = have === undefined || due === undefined ? undefined : have - due;
  const missing = after !== undefined && after < 0n ? -after : undefined;
  const refill = missing === undefined ? undefined : refillFor(packages.data, missing);
  const shortfall = missing !== undefined && (
    <div className={css.short}>
      <p role="status">
        {t("pass.short", {
          balance: formatCredits(have, { rounding: "down" }),
          needed: formatCredits(due, { rounding: "up" }),
          missing: formatCredits(missing, { rounding: "up" }),
        })}
      </p>
      {refill && (
        <Button variant="primary" onClick={() => setBuying(refill)}>
          {t("tab.open.buy", {
            credits: formatCredits(refill.offer.credits * refill.quantity),
            price: formatUsd(refill.offer.price * refill.quantity),
          })}
        </Button>
      )}
    </div>
  );
  return (
    <>
      <SigningSheet
        {...sheet}
        open={buying === undefined}
        instead={instead || shortfall || undefined}
        terms={{
          ...terms,
          ...(have !== undefined && after !== undefined && missing === undefined
            ? {
                balance: {
                  before: formatCredits(have, { rounding: "down" }),
                  after: formatCredits(after, { rounding: "down" }),
                },
              }
            : {}),
        }}
      />
      <BuySheet
        offer={buying?.offer}
        quantity={buying?.quantity ?? 1n}
        onClose={() => setBuying(undefined)}
        onBought={() => void balance.refetch()}
      />
    </>
  );
}
