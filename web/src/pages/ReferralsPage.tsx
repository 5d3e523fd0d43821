import "../rewards/words.ts";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";
import css from "../rewards/Books.module.css";
import { ReferralTerms, Sent, SentBy, YourLink } from "../rewards/Referrals.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** The link that sends people here, what that brings both sides, and whom it sent. */
export default function ReferralsPage() {
  const t = useT();
  const { address } = useWallet();
  return (
    <Page title={t("referrals.title")} lead={t("referrals.lead")}>
      <div className={css.page}>
        <div className={css.pair}>
          <WalletGate title={t("referrals.connectTitle")} text={t("referrals.connectText")}>
            {address && <YourLink account={address} />}
          </WalletGate>
          <ReferralTerms account={address} />
        </div>
        {address && (
          <>
            <Sent account={address} />
            <SentBy account={address} />
          </>
        )}
      </div>
    </Page>
  );
}
