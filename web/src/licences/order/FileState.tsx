import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CountedWait } from "../../ui/CountedWait.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import type { FileState as State } from "../useFile.ts";
import { creditsText } from "../useWords.ts";
import css from "./Order.module.css";

/** How long a file of a few megabytes takes to come, be opened and be hashed. */
const FETCHING_SECONDS = 4;

export interface FileStateProps {
  state: State;
  /** Microcredits that a dispute can bring back; absent for who owns the work. */
  price?: bigint | undefined;
  onAgain: () => void;
  /** Opens the dispute, prefilled; absent when it cannot be disputed (any more). */
  onDispute?: ((text: string) => void) | undefined;
}

/** What came of a download: on its way, checked and saved, not what was sold, or failed. */
export function FileState({ state, price, onAgain, onDispute }: FileStateProps) {
  const t = useT();
  switch (state.at) {
    case "idle":
      return null;
    case "fetching":
      return <CountedWait label={t("file.fetching")} expectedSeconds={FETCHING_SECONDS} startedAt={state.since} />;
    case "saved":
      return (
        <div className={css.saved} role="status">
          <Badge tone="live">{t(price === undefined ? "file.savedOwn" : "file.saved")}</Badge>
          <p className={css.muted}>
            {t("file.savedText")} <Hash value={state.contentHash} what={t("certificate.contentHash")} />
          </p>
        </div>
      );
    case "wrong": {
      const { expected, found } = state;
      const dispute = onDispute && (
        <Button variant="danger" onClick={() => onDispute(t("dispute.mismatch", { expected, found }))}>
          {t("file.dispute")}
        </Button>
      );
      return (
        <ErrorState what={t("file.wrong")} money="notInvolved" actions={dispute}>
          <p>
            {onDispute
              ? t("file.wrongOpen", { price: creditsText(price) })
              : t(price === undefined ? "file.wrongOwn" : "file.wrongClosed")}
          </p>
          <dl className={css.hashes}>
            <dt>{t("file.expected")}</dt>
            <dd translate="no">{expected}</dd>
            <dt>{t("file.found")}</dt>
            <dd translate="no">{found}</dd>
          </dl>
        </ErrorState>
      );
    }
    case "failed": {
      const { what, todo, technical } = explain(state.error);
      return (
        <ErrorState
          what={what}
          money="notInvolved"
          technical={technical}
          actions={
            <>
              <Button onClick={onAgain}>{t("chat.again")}</Button>
              {onDispute && (
                <Button onClick={() => onDispute(typeof what === "string" ? what : "")}>{t("dispute.action")}</Button>
              )}
            </>
          }
        >
          {todo}
        </ErrorState>
      );
    }
  }
}
