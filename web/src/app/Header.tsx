import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { ActivityTray } from "../activity/ActivityTray.tsx";
import { useT } from "../i18n/react.tsx";
import { Bell } from "../people/feed/Bell.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { AccountMenu } from "../wallet/AccountMenu.tsx";
import { DESTINATIONS, isAt } from "./destinations.ts";
import css from "./Header.module.css";
import { HeaderBalance } from "./HeaderBalance.tsx";
import { Mark } from "./Mark.tsx";

/** Search from anywhere; the words live in the address: `/?q=` for characters, `/market?q=` from a work's page. */
function SearchBox() {
  const t = useT();
  const [location, go] = useLocation();
  const [params] = useSearchParams();
  const inAddress = location === "/" ? (params.get("q") ?? "") : "";
  const [text, setText] = useState(inAddress);
  useEffect(() => setText(inAddress), [inAddress]);
  // The market has a larger one of its own.
  if (location === "/market") return <div className={css.search} />;
  const isWork = location.startsWith("/works/");
  const start = isWork ? "/market" : "/";
  return (
    <search className={css.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go(text.trim() ? `${start}?q=${encodeURIComponent(text.trim())}` : start);
        }}
      >
        <Icon of={Search} size={18} />
        <input
          type="search"
          name="q"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t("nav.search")}
          aria-label={t(isWork ? "nav.searchWorks" : "nav.searchLabel")}
          autoComplete="off"
          enterKeyHint="search"
        />
      </form>
    </search>
  );
}

/** Mark, destinations, search, balance, tray, account. */
export function Header() {
  const t = useT();
  const [location] = useLocation();
  return (
    <header className={css.header}>
      <Link href="/" look="plain" className={css.home} aria-label={t("nav.home")}>
        <Mark />
        <span className={css.word} translate="no">
          {t("app.name")}
        </span>
      </Link>
      <nav className={css.nav} aria-label={t("nav.main")}>
        {DESTINATIONS.slice(0, -1).map((to) => (
          <Link key={to.href} href={to.href} look="plain" aria-current={isAt(to, location) ? "page" : undefined}>
            <span>{t(to.label)}</span>
          </Link>
        ))}
      </nav>
      <SearchBox />
      <div className={css.slots}>
        <HeaderBalance />
        <Bell />
        <ActivityTray />
        <AccountMenu />
      </div>
    </header>
  );
}
