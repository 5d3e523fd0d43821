import "../selling/words.ts";
import "../creator/words.ts";
import { useLocation } from "wouter";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";
import { useSellDraft } from "../selling/useSellDraft.ts";
import type { Source } from "../selling/wizard/DepositPanel.tsx";
import { SellWizard } from "../selling/wizard/SellWizard.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useToast } from "../ui/Toast.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** Selling what one made here, or a file that one brings along. */
export default function SellPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const { address } = useWallet();
  const id = params.generationId;
  const isFile = id === undefined;
  return (
    <Page title={t(isFile ? "sell.pageFile" : "sell.page")} lead={t(isFile ? "sell.leadFile" : "sell.lead")}>
      <WalletGate title={t("sell.connectTitle")} text={t("sell.connectText")}>
        {address && (
          <Selling key={`${id} ${address}`} source={isFile ? { kind: "file" } : { kind: "generation", id }} />
        )}
      </WalletGate>
    </Page>
  );
}

function Selling({ source }: { source: Source }) {
  const t = useT();
  const echo = useToast();
  const [, go] = useLocation();
  const progress = useSellDraft(source.id ?? "file");
  if (!progress.isReady) return <Skeleton height="40rem" />;
  return (
    <SellWizard
      {...progress}
      source={source}
      onListed={(workId) => {
        echo(t("sell.listed", { title: progress.draft.title.trim() }));
        progress.discard();
        go(`/works/${workId}`);
      }}
    />
  );
}
