import "../allowances/words.ts";
import "../credits/words.ts";
import { Allowances } from "../allowances/Allowances.tsx";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What contracts may take from the connected account, and the way to take that back. */
export default function AllowancesPage() {
  const t = useT();
  const { address } = useWallet();
  return (
    <Page title={t("allowances.title")} lead={t("allowances.lead")}>
      <WalletGate title={t("allowances.connectTitle")} text={t("allowances.connectText")}>
        {address && <Allowances account={address} />}
      </WalletGate>
      <p>
        <Link href="/credits">{t("credits.title")}</Link>
      </p>
    </Page>
  );
}
