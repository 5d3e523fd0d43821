import "./buyingWords.ts";
import type { CreditPackage } from "@stelai/sdk";
import { useBalance, useOperator, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SentByNote } from "../referrer/SentByNote.tsx";
import { useReferrer } from "../referrer/useReferrer.ts";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { ShortOfUsdc } from "./ShortOfUsdc.tsx";

export interface BuySheetProps {
  /** What is bought, once; closed while undefined. */
  offer: CreditPackage | undefined;
  /** How many of it. Default: one. */
  quantity?: bigint;
  onClose: () => void;
  /** After the credits have arrived. */
  onBought?: () => void;
}

/** Buys a package with one signature; the relayer sends it. */
export function BuySheet({ offer, quantity = 1n, onClose, onBought }: BuySheetProps) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const operator = useOperator();
  const balance = useBalance(address, { enabled: offer !== undefined, refetchInterval: 5_000 });
  const sentBy = useReferrer();
  const { referrer } = sentBy;
  const packageId = offer?.packageId;
  const { data: purchase, refetch } = useQuery({
    queryKey: ["purchase", address, packageId?.toString(), quantity.toString(), referrer],
    queryFn: () => stelai.credits.prepareSponsoredPurchase({ packageId: packageId ?? 0n, quantity, referrer }),
    enabled: address !== undefined && packageId !== undefined && sentBy.isKnown,
    staleTime: 0,
    gcTime: 0,
  });
  const credits = formatCredits(offer && offer.credits * quantity);
  const price = formatUsd(purchase?.value ?? (offer && offer.price * quantity));
  const fee = operator.data?.sponsor.purchaseFee;

  const buy = useCallback(
    async (run: SigningRun) => {
      // A salt is good once: every attempt lays the purchase out anew, at the price that was shown.
      const fresh = (await refetch({ throwOnError: true })).data;
      if (!fresh) throw new Error("no purchase");
      const intent = { id: "credits.intent.buy", values: { credits } } as const;
      await act(run, intent, (mine) => mine.credits.buySponsored({ purchase: fresh }));
    },
    [act, credits, refetch],
  );

  const reserve = balance.data?.reserve;
  const after = reserve !== undefined && purchase ? reserve - purchase.value : undefined;
  return (
    <SigningSheet
      open={offer !== undefined}
      onClose={onClose}
      onDone={() => {
        onClose();
        onBought?.();
      }}
      title={t("credits.buy.title", { credits })}
      action={t("credits.buy.action", { credits, price })}
      kind="signature"
      onSign={buy}
      sending={{ label: t("credits.buy.sending"), seconds: 3 }}
      explain={explain}
      lead={<SentByNote sentBy={sentBy} />}
      instead={
        reserve !== undefined &&
        purchase &&
        reserve < purchase.value && <ShortOfUsdc balance={reserve} needed={purchase.value} />
      }
      terms={{
        get: t("credits.buy.get", { credits }),
        now: formatUsd(purchase?.value),
        to: (
          <>
            {t("credits.buy.to")} <Hash value={contracts.CreditStore} what={t("credits.buy.to")} />
          </>
        ),
        undo: t("credits.buy.undo"),
        cost: t("credits.buy.cost", { fee: formatUsd(fee) }),
        ...(after === undefined || after < 0n
          ? {}
          : { balance: { before: formatUsd(reserve), after: formatUsd(after) } }),
        ...(purchase && {
          commitment: {
            fields: [
              ["packageId", String(purchase.order.packageId)],
              ["quantity", String(purchase.order.quantity)],
              ["recipient", purchase.order.recipient],
              ["referrer", purchase.order.referrer],
              ["maxPrice", String(purchase.order.maxPrice)],
              ["fee", String(purchase.sponsorship.fee)],
              ["feeRecipient", purchase.sponsorship.recipient],
              ["salt", purchase.sponsorship.salt],
            ],
            hash: purchase.nonce,
          },
        }),
      }}
    />
  );
}
