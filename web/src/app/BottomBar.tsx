import { useLocation } from "wouter";
import { useT } from "../i18n/react.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./BottomBar.module.css";
import { DESTINATIONS, isAt } from "./destinations.ts";

/** The phone's navigation, within the thumb's reach. */
export function BottomBar() {
  const t = useT();
  const [location] = useLocation();
  return (
    <nav className={css.bar} aria-label={t("nav.main")}>
      {DESTINATIONS.filter(({ wideOnly }) => !wideOnly).map((to) => (
        <Link key={to.href} href={to.href} look="plain" aria-current={isAt(to, location) ? "page" : undefined}>
          <Icon of={to.icon} size={22} />
          {t(to.label)}
        </Link>
      ))}
    </nav>
  );
}
