import { useLocation } from "wouter";
import { useT } from "../i18n/react.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./BottomBar.module.css";
import { DESTINATIONS } from "./destinations.ts";

/** The phone's navigation, within the thumb's reach. */
export function BottomBar() {
  const t = useT();
  const [location] = useLocation();
  return (
    <nav className={css.bar} aria-label={t("nav.main")}>
      {DESTINATIONS.filter(({ wideOnly }) => !wideOnly).map(({ href, label, icon }) => (
        <Link key={href} href={href} look="plain" aria-current={location === href ? "page" : undefined}>
          <Icon of={icon} size={22} />
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
