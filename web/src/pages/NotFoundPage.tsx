import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** An address that leads nowhere. */
export default function NotFoundPage() {
  const t = useT();
  return (
    <Page title={t("notFound.title")} lead={t("notFound.text")} width="text">
      <ButtonLink href="/" variant="primary">
        {t("character.toExplore")}
      </ButtonLink>
    </Page>
  );
}
