import "./buyingWords.ts";
import type { CreditPackage } from "@stelai/sdk";
import { usePackages, useSolvency } from "@stelai/sdk/react";
import { useState } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { priceEach, savedPercent } from "../plans/plans.ts";
import { explain } from "../stelai/explain.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { AnyAmount, AnyAmountSkeleton } from "./AnyAmount.tsx";
import { BuySheet } from "./BuySheet.tsx";
import css from "./Credits.module.css";
import { EthSheet } from "./EthSheet.tsx";
import { type PriceTable, priceTable } from "./packages.ts";
import { useWithWallet } from "./useWithWallet.ts";

/** What is being bought, and how it is paid. */
interface Chosen {
  readonly offer: CreditPackage;
  readonly quantity: bigint;
  readonly by: "usdc" | "eth";
}

/** What credits cost: packages, any amount, and ETH where that can be paid. */
export function Packages({ onBought }: { onBought: () => void }) {
  const t = useT();
  const withWallet = useWithWallet();
  const { floor } = useCreditRate();
  const packages = usePackages({ staleTime: 30_000 });
  const solvency = useSolvency({ staleTime: 30_000 });
  const [chosen, setChosen] = useState<Chosen>();
  const table = packages.data && priceTable(packages.data);
  const buy = (next: Chosen) => withWallet(() => setChosen(next));
  const close = () => setChosen(undefined);
  const failure = packages.error && !packages.data ? explain(packages.error) : undefined;
  const by = (way: Chosen["by"]) => (chosen?.by === way ? chosen : undefined);
  return (
    <section className={css.section} aria-labelledby="packages">
      <h2 id="packages">{t("credits.packages")}</h2>
      {failure ? (
        <ErrorState
          what={failure.what}
          money="untouched"
          technical={failure.technical}
          actions={<Button onClick={() => void packages.refetch()}>{t("chat.again")}</Button>}
        >
          {failure.todo}
        </ErrorState>
      ) : !table ? (
        <OffersSkeleton />
      ) : packages.data?.length === 0 ? (
        <p className={css.muted}>{t("credits.none")}</p>
      ) : (
        <Offers table={table} onBuy={buy} />
      )}
      <p className={css.muted}>{t("credits.yours", { floor: formatUsd(floor) })}</p>
      {solvency.isPending && <Skeleton width="16rem" height="1lh" />}
      {solvency.data && (
        <p>
          <Badge tone={solvency.data.solvent ? "live" : "lost"}>
            {t(solvency.data.solvent ? "credits.backed" : "credits.notBacked", {
              reserve: formatUsd(solvency.data.reserve),
              needed: formatUsd(solvency.data.needed),
            })}
          </Badge>
        </p>
      )}
      <BuySheet offer={by("usdc")?.offer} quantity={chosen?.quantity ?? 1n} onClose={close} onBought={onBought} />
      {chosen?.by === "eth" && (
        <EthSheet offer={chosen.offer} quantity={chosen.quantity} onClose={close} onBought={onBought} />
      )}
    </section>
  );
}

/** The place of packages that are still being read: as tall as they will be, so that what is below stays where it is. */
function OffersSkeleton() {
  const takesEth = useAppConfig().contracts.EthCheckout !== undefined;
  return (
    <>
      <ul className={css.packages} aria-busy="true">
        {[0, 1, 2].map((at) => (
          <li key={at}>
            <Card className={css.package}>
              <p className={css.big}>
                <Skeleton width="5rem" height="1lh" />
              </p>
              <p className={css.muted}>
                <Skeleton width="10rem" height="1lh" />
              </p>
              <Skeleton height="var(--control-height)" />
              {takesEth && <Skeleton height="var(--control-height-small)" />}
            </Card>
          </li>
        ))}
      </ul>
      <AnyAmountSkeleton />
    </>
  );
}

function Offers({ table, onBuy }: { table: PriceTable; onBuy: (chosen: Chosen) => void }) {
  const t = useT();
  const { contracts } = useAppConfig();
  const takesEth = contracts.EthCheckout !== undefined;
  const [smallest] = table.cards;
  return (
    <>
      <ul className={css.packages}>
        {table.cards.map((one) => {
          const saved = smallest ? savedPercent(one, smallest) : 0n;
          const credits = formatCredits(one.credits);
          return (
            <li key={String(one.packageId)}>
              <Card className={css.package}>
                <p className={css.big}>{credits}</p>
                <p className={css.muted}>
                  {t("credits.each", { price: formatUsd(priceEach(one)) })}{" "}
                  {saved > 0n && <Badge tone="live">{t("credits.saved", { percent: String(saved) })}</Badge>}
                </p>
                <Button
                  variant={one === smallest ? "primary" : "secondary"}
                  wide
                  onClick={() => onBuy({ offer: one, quantity: 1n, by: "usdc" })}
                >
                  {t("credits.buy.action", { credits, price: formatUsd(one.price) })}
                </Button>
                {takesEth && (
                  <Button variant="quiet" size="small" onClick={() => onBuy({ offer: one, quantity: 1n, by: "eth" })}>
                    {t("credits.withEth", { credits })}
                  </Button>
                )}
              </Card>
            </li>
          );
        })}
      </ul>
      {table.single && (
        <AnyAmount
          table={table}
          takesEth={takesEth}
          onBuy={(by, quantity, offer) => onBuy({ by, quantity, offer })}
          single={table.single}
        />
      )}
    </>
  );
}
