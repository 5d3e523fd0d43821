import { useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { useSecondsSince } from "../ui/CountedWait.tsx";
import css from "./WaitForWallet.module.css";

const HIDDEN_AFTER_SECONDS = 20;

export interface WaitForWalletProps {
  walletName: string;
  /** Asks again or brings the wallet forward; absent where a page cannot. */
  onReopen?: (() => void) | undefined;
  onStop: () => void;
}

/** "Confirm in ‹wallet›", with a way forward and a way out (UX 1.2). */
export function WaitForWallet({ walletName, onReopen, onStop }: WaitForWalletProps) {
  const t = useT();
  const [since, setSince] = useState(() => Date.now());
  const hidden = useSecondsSince(since) >= HIDDEN_AFTER_SECONDS;
  return (
    <div className={css.wait} role="status">
      <p className={css.title}>{t("wallet.confirmIn", { wallet: walletName })}</p>
      <p className={css.hint}>{t(hidden ? "wallet.maybeHidden" : "wallet.waiting", { wallet: walletName })}</p>
      <div className={css.actions}>
        {onReopen && (
          <Button
            size="small"
            onClick={() => {
              setSince(Date.now());
              onReopen();
            }}
          >
            {t("wallet.openAgain")}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={onStop}>
          {t("wallet.stop")}
        </Button>
      </div>
    </div>
  );
}
