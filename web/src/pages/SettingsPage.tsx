import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { SignInGate } from "../people/SignInGate.tsx";
import { Settings, SettingsSkeleton } from "../people/settings/Settings.tsx";

/** What the account has set with this operator, and what is kept of it. */
export default function SettingsPage() {
  const t = useT();
  return (
    <Page title={t("settings.title")} lead={t("settings.lead")} width="text">
      <SignInGate
        title={t("settings.signIn")}
        text={t("settings.signInText")}
        action={t("settings.signInAction")}
        why="signIn.why.settings"
        skeleton={<SettingsSkeleton />}
      >
        <Settings />
      </SignInGate>
    </Page>
  );
}
