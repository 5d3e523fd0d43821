import type { ReactNode } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What a page that is about one's own money shows without a wallet: why, and the button that connects one. */
export function WalletGate({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const t = useT();
  const { address, isReconnecting, require } = useWallet();
  if (address) return children;
  if (isReconnecting) return <Skeleton height="12rem" />;
  return (
    <EmptyState
      title={title}
      actions={
        <Button variant="primary" onClick={() => void require().catch(() => undefined)}>
          {t("wallet.connect")}
        </Button>
      }
    >
      {text}
    </EmptyState>
  );
}
