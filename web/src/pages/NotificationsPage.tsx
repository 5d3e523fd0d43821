import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { Feed } from "../people/feed/Feed.tsx";
import { FeedSkeleton } from "../people/feed/FeedRow.tsx";
import { SignInGate } from "../people/SignInGate.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** What the account is told. */
export default function NotificationsPage() {
  const t = useT();
  return (
    <Page
      title={t("feed.title")}
      lead={t("feed.lead")}
      width="text"
      actions={
        <ButtonLink href="/settings" size="small">
          {t("feed.settings")}
        </ButtonLink>
      }
    >
      <SignInGate
        title={t("feed.signIn")}
        text={t("feed.signInText")}
        action={t("feed.signIn")}
        why="signIn.why.feed"
        skeleton={<FeedSkeleton />}
      >
        <Feed />
      </SignInGate>
    </Page>
  );
}
