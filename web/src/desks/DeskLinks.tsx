import "./words.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import { useRole } from "./useRole.ts";

/** The ways to the desks, for who holds their roles. */
export default function DeskLinks() {
  const t = useT();
  const [resolver, moderator] = [useRole("RESOLVER"), useRole("MODERATOR")];
  return (
    <>
      {resolver?.isMember && <Link href="/desks/resolver">{t("you.resolver")}</Link>}
      {moderator?.isMember && <Link href="/desks/moderator">{t("you.moderator")}</Link>}
    </>
  );
}
