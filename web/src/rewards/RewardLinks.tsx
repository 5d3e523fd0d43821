import "./words.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";

/** The ways to everything about bonus credits, from the page about oneself. */
export default function RewardLinks() {
  const t = useT();
  return (
    <>
      <Link href="/referrals">{t("referrals.title")}</Link>
      <Link href="/contributions">{t("contributions.title")}</Link>
      <Link href="/campaigns">{t("campaigns.title")}</Link>
      <Link href="/feedback">{t("footer.feedback")}</Link>
    </>
  );
}
