import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";

/** The bill, receipt by receipt. */
export default function StatementPage() {
  const t = useT();
  return (
    <Page title={t("statement.title")} lead={t("statement.lead")}>
      <EmptyState title={t("statement.emptyTitle")}>{t("statement.emptyText")}</EmptyState>
    </Page>
  );
}
