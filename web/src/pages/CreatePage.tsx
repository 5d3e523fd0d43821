import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** The creator studio. */
export default function CreatePage() {
  const t = useT();
  return (
    <Page
      title={t("create.title")}
      lead={t("create.lead")}
      actions={
        <ButtonLink href="/publish" variant="primary">
          {t("create.publish")}
        </ButtonLink>
      }
    >
      <WalletGate title={t("create.connectTitle")} text={t("create.connectText")}>
        {null}
      </WalletGate>
    </Page>
  );
}
