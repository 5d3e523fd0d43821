import "./words.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import { useAdminRoles, useRole } from "./useRole.ts";

/** The ways to the desks, for who holds their roles. */
export default function DeskLinks() {
  const t = useT();
  const [resolver, moderator] = [useRole("RESOLVER"), useRole("MODERATOR")];
  const admin = useAdminRoles();
  return (
    <>
      {resolver?.isMember && <Link href="/desks/resolver">{t("you.resolver")}</Link>}
      {moderator?.isMember && <Link href="/desks/moderator">{t("you.moderator")}</Link>}
      {Object.values(admin).some((held) => held?.isMember) && <Link href="/desks/admin">{t("you.admin")}</Link>}
    </>
  );
}
