import { useT } from "../../i18n/react.tsx";
import { Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Failed } from "../Failed.tsx";
import { Conversations } from "./Conversations.tsx";
import { DailyLimit } from "./DailyLimit.tsx";
import { Everywhere } from "./Everywhere.tsx";
import { Kinds } from "./Kinds.tsx";
import { Mail } from "./Mail.tsx";
import { PushHere } from "./PushHere.tsx";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useAccount } from "./useAccount.ts";
import { YourData } from "./YourData.tsx";

/** What the account has set with this operator. */
export function Settings() {
  const t = useT();
  const account = useAccount();
  if (account.error && !account.data) return <Failed error={account.error} onAgain={() => void account.refetch()} />;
  if (!account.data) return <SettingsSkeleton />;
  const { data } = account;
  return (
    <div className={css.sections} key={data.address}>
      <DailyLimit account={data} />
      <Kinds account={data} />
      <PushHere account={data} />
      <Mail account={data} />
      <Conversations account={data.address} />
      <Section title={t("allow.settings.title")}>
        <p className={css.muted}>{t("allow.settings.text")}</p>
        <Link href="/credits/allowances">{t("allow.settings.link")}</Link>
      </Section>
      <Everywhere account={data.address} />
      <YourData account={data.address} />
    </div>
  );
}

/** The place of the settings while they are fetched. */
export function SettingsSkeleton() {
  return (
    <div className={css.sections} aria-busy>
      <Skeleton height="16rem" />
      <Skeleton height="32rem" />
      <Skeleton height="8rem" />
      <Skeleton height="14rem" />
    </div>
  );
}
