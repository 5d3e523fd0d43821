import "../creator/manage/words.ts";
import "../creator/words.ts";
import "../selling/words.ts";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { Studio } from "../creator/Studio.tsx";
import { useT } from "../i18n/react.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** The creator studio. */
export default function CreatePage() {
  const t = useT();
  const { address } = useWallet();
  return (
    <Page
      title={t("create.title")}
      lead={t("create.lead")}
      actions={<ButtonLink href="/publish">{t("create.publish")}</ButtonLink>}
    >
      <WalletGate title={t("create.connectTitle")} text={t("create.connectText")}>
        {address && <Studio key={address} account={address} />}
      </WalletGate>
    </Page>
  );
}
