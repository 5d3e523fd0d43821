import "../credits/words.ts";
import { useInvalidate } from "@stelai/sdk/react";
import { ComingPrices } from "../announcements/ComingPrices.tsx";
import { Page } from "../app/Page.tsx";
import { Balance } from "../credits/Balance.tsx";
import css from "../credits/Credits.module.css";
import { History } from "../credits/History.tsx";
import { LowBalance } from "../credits/LowBalance.tsx";
import { Packages } from "../credits/Packages.tsx";
import { lowness } from "../credits/packages.ts";
import { useLeft } from "../credits/useLeft.ts";
import { WhatCreditsDo } from "../credits/WhatCreditsDo.tsx";
import { useT } from "../i18n/react.tsx";
import KeyLink from "../keys/KeyLink.tsx";
import { Plans } from "../plans/Plans.tsx";
import { TopUps } from "../plans/TopUps.tsx";
import { useTopUp } from "../plans/usePlans.ts";
import { SentByNote } from "../referrer/SentByNote.tsx";
import { useReferrer } from "../referrer/useReferrer.ts";
import { RewardsSection } from "../rewards/RewardsSection.tsx";
import { Link } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What is held, what more costs, what is bought by itself, and what became of it. */
export default function CreditsPage() {
  const t = useT();
  const { address } = useWallet();
  const sentBy = useReferrer();
  const invalidate = useInvalidate();
  const topUp = useTopUp(address);
  const hasTopUp = !topUp.data || topUp.data.agreed !== null;
  const left = useLeft(address);
  const state = left === undefined ? undefined : lowness(left);
  return (
    <Page title={t("credits.title")} lead={t("credits.lead")}>
      <div className={css.page}>
        {address && <Balance account={address} />}
        {state === "low" && left !== undefined && <LowBalance left={left} hasTopUp={hasTopUp} />}
        <ComingPrices />
        <Packages onBought={() => void invalidate()} />
        <SentByNote sentBy={sentBy} />
        {(!address || state === "none") && <WhatCreditsDo />}
        <section className={css.section} aria-labelledby="plans">
          <Plans />
        </section>
        {address && (
          <section className={css.section} aria-labelledby="top-up">
            <TopUps account={address} />
          </section>
        )}
        <RewardsSection account={address} />
        {address && (
          <section className={css.section} aria-labelledby="allowances">
            <h2 id="allowances">
              <Link href="/credits/allowances">{t("allowances.title")}</Link>
            </h2>
          </section>
        )}
        {address && (
          <section className={css.section} aria-labelledby="keys">
            <h2 id="keys">
              <KeyLink />
            </h2>
          </section>
        )}
        {address && <History account={address} />}
      </div>
    </Page>
  );
}
