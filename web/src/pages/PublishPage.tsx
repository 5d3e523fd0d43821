import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";

/** Publishing a character. */
export default function PublishPage() {
  const t = useT();
  return (
    <Page title={t("publish.title")} lead={t("publish.lead")} width="text">
      {null}
    </Page>
  );
}
