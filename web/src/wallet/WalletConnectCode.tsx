import { useEffect, useState } from "react";
import type { Connector } from "wagmi";
import { useT } from "../i18n/react.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { useSecondsSince } from "../ui/CountedWait.tsx";
import { QrCode } from "../ui/QrCode.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./ConnectDialog.module.css";

const SILENT_AFTER_SECONDS = 2;

/** WalletConnect: a code to scan, a link for a wallet on this device, and a way out when that stays silent. */
export function WalletConnectCode({ connector, onStop }: { connector: Connector; onStop: () => void }) {
  const t = useT();
  const [uri, setUri] = useState<string>();
  const [openedAt, setOpenedAt] = useState<number>();
  const silent = useSecondsSince(openedAt ?? Number.POSITIVE_INFINITY) >= SILENT_AFTER_SECONDS;
  useEffect(() => {
    const onMessage = ({ type, data }: { type: string; data?: unknown }) => {
      if (type === "display_uri") setUri(String(data));
    };
    connector.emitter.on("message", onMessage);
    return () => connector.emitter.off("message", onMessage);
  }, [connector]);
  return (
    <div className={css.qr}>
      {uri ? <QrCode text={uri} label={t("wallet.scan")} /> : <Skeleton width="16rem" height="16rem" />}
      <p>{t("wallet.scan")}</p>
      {uri && (
        <>
          <a className={buttonClass({ variant: "primary" })} href={uri} onClick={() => setOpenedAt(Date.now())}>
            {t("wallet.openHere")}
          </a>
          {silent && <p role="status">{t("wallet.linkSilent")}</p>}
          <span className={css.copy}>
            {t("wallet.copyLink")} <CopyButton text={uri} what={t("wallet.link")} />
          </span>
        </>
      )}
      <Button variant="quiet" onClick={onStop}>
        {t("wallet.stop")}
      </Button>
    </div>
  );
}
