import "../creator/manage/words.ts";
import "../creator/words.ts";
import "../desks/words.ts";
import "../selling/words.ts";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { ModeratorDesk } from "../desks/ModeratorDesk.tsx";
import { useT } from "../i18n/react.tsx";

/** Where reports are looked into. */
export default function ModeratorDeskPage() {
  const t = useT();
  return (
    <Page title={t("desk.moderator")} lead={t("desk.moderatorLead")}>
      <WalletGate title={t("desk.connectTitle")} text={t("desk.connectText")}>
        <ModeratorDesk />
      </WalletGate>
    </Page>
  );
}
