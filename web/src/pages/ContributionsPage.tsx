import "../rewards/words.ts";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { SignInGate } from "../creator/manage/SignInGate.tsx";
import { useT } from "../i18n/react.tsx";
import css from "../rewards/Books.module.css";
import { Deeds } from "../rewards/Contributions.tsx";
import { HowToEarn } from "../rewards/HowToEarn.tsx";
import { SharedLinks } from "../shares/SharedLinks.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** What is worth bonus credits, what the account did of it, and what it shares. */
export default function ContributionsPage() {
  const t = useT();
  return (
    <Page
      title={t("contributions.title")}
      lead={t("contributions.lead")}
      actions={<ButtonLink href="/campaigns?tab=people">{t("campaigns.tab.people")}</ButtonLink>}
    >
      <div className={css.page}>
        <HowToEarn />
        <section className={css.section} aria-labelledby="deeds">
          <h2 id="deeds">{t("contributions.yours")}</h2>
          <WalletGate title={t("contributions.connectTitle")} text={t("contributions.connectText")}>
            <SignInGate title="contributions.signInTitle" why="contributions.signInWhy">
              <Deeds />
            </SignInGate>
          </WalletGate>
        </section>
        <SharedLinks />
      </div>
    </Page>
  );
}
