import "./words.ts";
import { QrCode as QrIcon, Share2 } from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { QrCode } from "../ui/QrCode.tsx";
import { handOn } from "./handOn.ts";
import css from "./Shares.module.css";

export interface LinkBoxProps {
  url: string;
  /** What goes with it where the device hands it on. */
  title: string;
  text?: string | undefined;
  /** Names the QR code for who does not see it. */
  codeLabel?: string | undefined;
}

/** A link to send around: to be copied, handed on with the device's own sheet, or scanned. */
export function LinkBox({ url, title, text, codeLabel }: LinkBoxProps) {
  const t = useT();
  const [isCode, setCode] = useState(false);
  const canHandOn = typeof navigator.share === "function";
  return (
    <div className={css.box}>
      <div className={css.link}>
        <code translate="no">{url}</code>
        <CopyButton text={url} what={t("shares.linkWhat")} />
      </div>
      <div className={css.row}>
        {canHandOn && (
          <Button icon={Share2} onClick={() => void handOn({ url, title, ...(text ? { text } : {}) })}>
            {t("shares.native")}
          </Button>
        )}
        <Button icon={QrIcon} aria-expanded={isCode} onClick={() => setCode((shown) => !shown)}>
          {t(isCode ? "shares.hideCode" : "shares.code")}
        </Button>
      </div>
      {isCode && (
        <div className={css.qr}>
          <QrCode text={url} label={codeLabel ?? t("shares.codeOf")} />
        </div>
      )}
    </div>
  );
}
