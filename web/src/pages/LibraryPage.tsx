import { Library } from "../access/library/Library.tsx";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";

/** What one made, and what one may use: passes, what is shared, what was given. */
export default function LibraryPage() {
  const t = useT();
  return (
    <Page title={t("library.title")} lead={t("library.lead")}>
      <Library />
    </Page>
  );
}
