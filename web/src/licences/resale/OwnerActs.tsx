import { lazy, Suspense, useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import css from "./Resale.module.css";
import { isWork, type Subject, useRefreshListings } from "./subject.ts";

const ListSheet = lazy(() => import("./ListSheet.tsx").then((it) => ({ default: it.ListSheet })));
const DelistSheet = lazy(() => import("./DelistSheet.tsx").then((it) => ({ default: it.DelistSheet })));
const TransferSheet = lazy(() => import("./TransferSheet.tsx").then((it) => ({ default: it.TransferSheet })));

/** What is sold, in words. */
export function useWhat(): (subject: Subject) => string {
  const t = useT();
  return ({ token, title }) =>
    "workId" in token
      ? t("resale.kindWork", { title })
      : t("resale.kindLicence", { title, id: String(token.licenceId) });
}

/** Sells, changes, takes back and gives away what one owns. @param listed Its price now, in microcredits. */
export function OwnerActs({ subject, listed }: { subject: Subject; listed: bigint | undefined }) {
  const t = useT();
  const wallet = useWallet();
  const what = useWhat()(subject);
  const refresh = useRefreshListings();
  const [sheet, setSheet] = useState<"list" | "delist" | "transfer">();
  const open = (next: typeof sheet) =>
    void wallet
      .require()
      .then(() => setSheet(next))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  const close = () => {
    setSheet(undefined);
    refresh();
  };
  return (
    <>
      <div className={css.buttons}>
        <Button size="small" onClick={() => open("list")}>
          {t(listed !== undefined ? "resale.change" : isWork(subject) ? "resale.sellWork" : "resale.sellLicence")}
        </Button>
        {listed !== undefined && (
          <Button size="small" onClick={() => open("delist")}>
            {t("resale.delist")}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={() => open("transfer")}>
          {t("resale.transfer")}
        </Button>
      </div>
      {sheet && (
        <Suspense>
          {sheet === "list" && <ListSheet subject={subject} listed={listed} onClose={close} />}
          {sheet === "delist" && <DelistSheet subject={subject} what={what} onClose={close} />}
          {sheet === "transfer" && <TransferSheet subject={subject} onClose={close} />}
        </Suspense>
      )}
    </>
  );
}
