import { type CreditPackage, SwapFailedError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useId, useState } from "react";
import { getBalance } from "viem/actions";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCount, formatCredits, formatEther, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useReferrer } from "../referrer/useReferrer.ts";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { chainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Hash } from "../ui/Hash.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import sheetCss from "./BuySheet.module.css";
import css from "./Credits.module.css";

/** How much more than quoted may be sent, in basis points. */
const SLIPPAGES = [50, 100, 300];
/** How long what is signed is good for, in seconds. */
const GOOD_FOR = 1_200n;

export interface EthSheetProps {
  offer: CreditPackage;
  quantity: bigint;
  onClose: () => void;
  onBought: () => void;
}

/** Buys credits with ETH through a Uniswap pool, the rest sent back. Drawn only while open. */
export function EthSheet({ offer, quantity, onClose, onBought }: EthSheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { referrer, terms } = useReferrer();
  const [slippageBps, setSlippage] = useState(SLIPPAGES[0] ?? 50);
  const { packageId } = offer;
  const quoted = useQuery({
    queryKey: stelaiKey(stelai, "quoteEth", packageId, quantity, slippageBps),
    queryFn: async () => {
      const [quote, now] = await Promise.all([
        stelai.credits.quoteEth({ packageId, quantity, slippageBps }),
        chainNow(stelai),
      ]);
      return { quote, deadline: now + GOOD_FOR };
    },
    refetchInterval: 15_000,
    retry: false,
  });
  const held = useQuery({
    queryKey: stelaiKey(stelai, "ether", address),
    queryFn: () => getBalance(stelai.client.publicClient, { address: address ?? "0x" }),
    enabled: address !== undefined,
    refetchInterval: 10_000,
  });
  const found = quoted.data;
  const quote = found?.quote;
  const credits = formatCredits(offer.credits * quantity);
  const words = {
    credits,
    price: formatUsd(quote?.price),
    most: formatEther(quote?.maxEth),
    needed: formatEther(quote?.eth),
    moment: found ? formatMoment(Number(found.deadline)) : "",
    balance: formatEther(held.data, { rounding: "down" }),
  };
  const isShort = quote !== undefined && held.data !== undefined && held.data <= quote.maxEth;

  const buy = useCallback(
    async (run: SigningRun) => {
      if (!found) return;
      const intent = { id: "credits.intent.buy", values: { credits } } as const;
      try {
        await act(run, intent, (mine) => mine.credits.buyWithEth(found));
      } catch (error) {
        // The rate moved: the sheet then shows the new one.
        if (error instanceof SwapFailedError) await quoted.refetch();
        throw error;
      }
    },
    [act, credits, found, quoted.refetch],
  );

  const hold = quoted.isPending ? (
    <p role="status">{t("eth.quoting")}</p>
  ) : !quote ? (
    <div className={sheetCss.short}>
      <p role="alert">
        {t("eth.unread")} {!(quoted.error instanceof SwapFailedError) && explain(quoted.error).what}
      </p>
      <Button onClick={() => void quoted.refetch()}>{t("chat.again")}</Button>
    </div>
  ) : isShort ? (
    <p role="status">{t("eth.short", words)}</p>
  ) : undefined;
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={() => {
        onClose();
        onBought();
      }}
      title={t("eth.title", words)}
      action={t("eth.action", words)}
      kind="transaction"
      onSign={buy}
      sending={{ label: t("eth.sending"), seconds: 10 }}
      explain={explain}
      lead={
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
          <div role="group" aria-labelledby={label} className={css.choice}>
            <span id={label}>{t("eth.slippage")}</span>
            {SLIPPAGES.map((one) => (
              <Chip key={one} pressed={one === slippageBps} onPress={() => setSlippage(one)}>
                {t("eth.percent", { percent: formatCount(one / 100) })}
              </Chip>
            ))}
          </div>
          {referrer && terms && (
            <p className={css.muted}>{t("eth.noReferrer", { percent: formatCount(terms.mine / 100) })}</p>
          )}
        </>
      }
      instead={hold}
      terms={{
        get: t("eth.get", words),
        now: t("eth.now", words),
        atMost: t("eth.atMost", words),
        to: (
          <>
            {t("eth.to")} {contracts.EthCheckout && <Hash value={contracts.EthCheckout} what={t("eth.to")} />}
          </>
        ),
        until: t("eth.until", words),
        undo: t("eth.undo"),
        cost: t("eth.cost"),
      }}
    />
  );
}
