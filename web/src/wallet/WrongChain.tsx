import { useConnection, useSwitchChain } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import css from "./ConnectDialog.module.css";
import { isRejected } from "./errors.ts";
import { WaitForWallet } from "./WaitForWallet.tsx";

/** The wallet is on another chain: one button that switches to ours, adding it where the wallet does not know it. */
export function WrongChain() {
  const t = useT();
  const { chain } = useAppConfig();
  const { connector } = useConnection();
  const { mutate, isPending, error, reset } = useSwitchChain();
  const change = () => mutate({ chainId: chain.id });
  if (isPending && connector) {
    return <WaitForWallet walletName={connector.name} onReopen={change} onStop={reset} />;
  }
  return (
    <div className={css.stack}>
      <p>{t("wallet.wrongChain.text", { wallet: connector?.name ?? "", chain: chain.name })}</p>
      {error && (
        <ErrorState
          what={t(isRejected(error) ? "wallet.wrongChain.rejected" : "wallet.wrongChain.failed", { chain: chain.name })}
          money="untouched"
          technical={isRejected(error) ? undefined : error.message}
        >
          {!isRejected(error) && t("wallet.wrongChain.byHand", { id: chain.id, rpc: chain.rpcUrl })}
        </ErrorState>
      )}
      <Button variant="primary" onClick={change}>
        {t("wallet.wrongChain.switch", { chain: chain.name })}
      </Button>
    </div>
  );
}
