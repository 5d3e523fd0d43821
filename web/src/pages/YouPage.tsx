import { useStelai } from "@stelai/sdk/react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { ActivityList } from "../activity/ActivityList.tsx";
import { Page } from "../app/Page.tsx";
import { forgetChainState } from "../config/chainState.ts";
import { useT } from "../i18n/react.tsx";
import { YourTabs } from "../tabs/YourTabs.tsx";
import { type Theme, useTheme } from "../theme/theme.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Link } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./YouPage.module.css";

const RewardLinks = lazy(() => import("../rewards/RewardLinks.tsx"));
const KeyLink = lazy(() => import("../keys/KeyLink.tsx"));
const DeskLinks = lazy(() => import("../desks/DeskLinks.tsx"));

const THEMES: readonly Theme[] = ["system", "light", "dark"];

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function WalletSection() {
  const t = useT();
  const { address, name, require, disconnect } = useWallet();
  if (!address) {
    return (
      <Section title={t("you.wallet")}>
        <p className={css.muted}>{t("you.noWallet")}</p>
        <div>
          <Button variant="primary" onClick={() => void require().catch(() => undefined)}>
            {t("wallet.connect")}
          </Button>
        </div>
      </Section>
    );
  }
  return (
    <Section title={t("you.wallet")}>
      <div className={css.row}>
        <Avatar id={address.toLowerCase()} size={48} />
        <div>
          <Hash value={address} what={t("wallet.address")} />
          <p className={css.muted}>{t("you.connectedWith", { wallet: name ?? "" })}</p>
        </div>
      </div>
      <div>
        <Button onClick={disconnect}>{t("wallet.disconnect")}</Button>
      </div>
    </Section>
  );
}

function SignInSection() {
  const t = useT();
  const { status, drop } = useSignIn();
  const stelai = useStelai();
  if (status !== "in") return null;
  const out = () => {
    // Its end is told to the operator; where that fails, the key is gone here all the same.
    void stelai.relayer.signOut().catch(() => undefined);
    drop();
  };
  return (
    <Section title={t("signIn.you")}>
      <p className={css.muted}>{t("signIn.youText")}</p>
      <div>
        <Button onClick={out}>{t("signIn.out")}</Button>
      </div>
    </Section>
  );
}

function DeviceSection() {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const forget = async () => {
    await forgetChainState();
    window.location.reload();
  };
  return (
    <Section title={t("you.device")}>
      <p className={css.muted}>{t("you.deviceText")}</p>
      <div>
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t("you.forget")}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("you.forgetSure")}
        description={t("you.forgetText")}
        foot={
          <>
            <Button variant="danger" onClick={() => void forget()}>
              {t("you.forgetConfirm")}
            </Button>
            <Button onClick={() => setAsking(false)}>{t("you.keep")}</Button>
          </>
        }
      />
    </Section>
  );
}

/** Wallet, tabs, appearance, activity, and what this device keeps. */
export default function YouPage() {
  const t = useT();
  const { address } = useWallet();
  const [theme, setTheme] = useTheme();
  return (
    <Page title={t("you.title")} width="text">
      <div className={css.sections}>
        <WalletSection />
        <SignInSection />
        {address && (
          <Section title={t("tabs.title")}>
            <YourTabs />
          </Section>
        )}
        <Section title={t("you.appearance")}>
          <div className={css.row}>
            {THEMES.map((id) => (
              <Chip key={id} pressed={theme === id} onPress={() => setTheme(id)}>
                {t(`theme.${id}`)}
              </Chip>
            ))}
          </div>
        </Section>
        <Section title={t("you.activity")}>
          <div className={css.list}>
            <ActivityList />
          </div>
        </Section>
        <DeviceSection />
        <Section title={t("you.links")}>
          {address && <Link href={`/people/${address}`}>{t("you.profile")}</Link>}
          <Link href="/notifications">{t("feed.title")}</Link>
          <Link href="/settings">{t("settings.title")}</Link>
          <Link href="/credits">{t("nav.credits")}</Link>
          <Suspense>
            <KeyLink />
            <RewardLinks />
          </Suspense>
          <Link href="/create">{t("nav.create")}</Link>
          <Link href="/rankings">{t("nav.rankings")}</Link>
          <Link href="/statement">{t("nav.statement")}</Link>
          {address && (
            <Suspense>
              <DeskLinks />
            </Suspense>
          )}
          <Link href="/operator-privacy">{t("footer.privacy")}</Link>
        </Section>
      </div>
    </Page>
  );
}
