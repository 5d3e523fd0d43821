import { FlaskConical, QrCode, Wallet as WalletIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { type Connector, useConnect, useConnection, useConnectors } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./ConnectDialog.module.css";
import { DEMO_WALLET_ID } from "./demo/provider.ts";
import { isAlreadyAsking, isRejected } from "./errors.ts";
import { WaitForWallet } from "./WaitForWallet.tsx";
import { WalletConnectCode } from "./WalletConnectCode.tsx";
import { WrongChain } from "./WrongChain.tsx";

function WalletButton({ connector, onChoose }: { connector: Connector; onChoose: () => void }) {
  const t = useT();
  const isDemo = connector.id === DEMO_WALLET_ID;
  const icon = isDemo ? FlaskConical : connector.type === "walletConnect" ? QrCode : WalletIcon;
  return (
    <button type="button" className={css.wallet} onClick={onChoose}>
      {connector.icon ? <img src={connector.icon} alt="" /> : <Icon of={icon} size={28} />}
      <span className={css.name} translate={isDemo ? "yes" : "no"}>
        {isDemo ? t("wallet.demo") : connector.name}
      </span>
      <span className={css.note}>
        {isDemo ? (
          <Badge tone="held" icon={FlaskConical}>
            {t("demo.testMoney")}
          </Badge>
        ) : (
          connector.type === "injected" && <Badge>{t("wallet.installed")}</Badge>
        )}
      </span>
    </button>
  );
}

/** Installed wallets first, then WalletConnect, then the demo wallet, where there is one. */
function inOrder(connectors: readonly Connector[]): Connector[] {
  const rank = ({ id, type }: Connector) => (id === DEMO_WALLET_ID ? 2 : type === "walletConnect" ? 1 : 0);
  return [...connectors].sort((a, b) => rank(a) - rank(b));
}

/** Asks for a wallet, and then for the right chain; closes by itself once both are there (UX 2, first run). */
export default function ConnectDialog({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { chain } = useAppConfig();
  const connectors = inOrder(useConnectors());
  const { status, chainId } = useConnection();
  const [chosen, setChosen] = useState<Connector>();
  const connect = useConnect();

  const connected = status === "connected";
  const complete = connected && chainId === chain.id;
  useEffect(() => {
    if (complete) onDone();
  }, [complete, onDone]);

  const choose = (connector: Connector) => {
    setChosen(connector);
    connect.mutate({ connector });
  };
  const back = () => {
    setChosen(undefined);
    connect.reset();
  };

  if (connected && !complete) {
    return (
      <Dialog open onClose={onDone} title={t("wallet.wrongChain.title", { chain: chain.name })}>
        <WrongChain />
      </Dialog>
    );
  }
  if (chosen && connect.isPending) {
    return (
      <Dialog open onClose={onDone} title={t("wallet.connect")}>
        {chosen.type === "walletConnect" ? (
          <WalletConnectCode connector={chosen} onStop={back} />
        ) : (
          <WaitForWallet walletName={chosen.name} onReopen={() => choose(chosen)} onStop={back} />
        )}
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onDone} title={t("wallet.connect")} description={t("wallet.connectNote")}>
      <div className={css.stack}>
        {connect.isError && (
          <ErrorState
            what={t(
              isRejected(connect.error)
                ? "wallet.connectRejected"
                : isAlreadyAsking(connect.error)
                  ? "wallet.alreadyAsking"
                  : "wallet.connectFailed",
              { wallet: chosen?.name ?? "" },
            )}
            money="untouched"
            technical={isRejected(connect.error) ? undefined : connect.error.message}
          />
        )}
        <div className={css.wallets}>
          {connectors.map((connector) => (
            <WalletButton key={connector.uid} connector={connector} onChoose={() => choose(connector)} />
          ))}
        </div>
        <details className={css.none} open={connectors.length === 0}>
          <summary>{t("wallet.none.title")}</summary>
          <p>{t("wallet.none.what")}</p>
          <p>{t(chain.isLocal ? "wallet.none.local" : "wallet.none.how")}</p>
        </details>
      </div>
    </Dialog>
  );
}
