import "../announcements/words.ts";
import "../creator/words.ts";
import "../credits/words.ts";
import "../desks/admin/words.ts";
import "../desks/words.ts";
import "../rewards/words.ts";
import { Page } from "../app/Page.tsx";
import { AdminDesk } from "../desks/admin/AdminDesk.tsx";
import { useT } from "../i18n/react.tsx";

/** Where roles change prices, commission and campaigns. Anyone may look: all of it is public. */
export default function AdminDeskPage() {
  const t = useT();
  return (
    <Page title={t("admin.title")} lead={t("admin.lead")}>
      <AdminDesk />
    </Page>
  );
}
