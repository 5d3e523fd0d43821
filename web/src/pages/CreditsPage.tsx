import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useCreditBalance } from "../credits/useCreditBalance.ts";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Card } from "../ui/Card.tsx";

/** Balance and packages. */
export default function CreditsPage() {
  const t = useT();
  const balance = useCreditBalance();
  return (
    <Page title={t("credits.title")} lead={t("credits.lead")}>
      <WalletGate title={t("credits.connectTitle")} text={t("credits.connectText")}>
        <Card>
          <h2>{t("credits.balance")}</h2>
          <Amount wei={balance} rounding="down" />
        </Card>
      </WalletGate>
    </Page>
  );
}
