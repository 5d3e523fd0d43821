import { Library } from "../access/library/Library.tsx";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";

/** What one may use: passes, what is shared, what was given. */
export default function LibraryPage() {
  const t = useT();
  return (
    <Page title={t("library.title")} lead={t("library.lead")}>
      <WalletGate title={t("library.connectTitle")} text={t("library.connectText")}>
        <Library />
      </WalletGate>
    </Page>
  );
}
