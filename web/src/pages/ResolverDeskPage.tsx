import "../creator/manage/words.ts";
import "../creator/words.ts";
import "../desks/words.ts";
import "../selling/words.ts";
import { Page } from "../app/Page.tsx";
import { ResolverDesk } from "../desks/ResolverDesk.tsx";
import { useT } from "../i18n/react.tsx";

/** Where disputes about licences are decided. Anyone may look: all of it is public. */
export default function ResolverDeskPage() {
  const t = useT();
  return (
    <Page title={t("desk.resolver")} lead={t("desk.resolverLead")}>
      <ResolverDesk />
    </Page>
  );
}
