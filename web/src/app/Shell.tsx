import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { cx } from "../ui/cx.ts";
import { Link } from "../ui/Link.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { Dock } from "./dock.ts";
import { Header } from "./Header.tsx";
import { useScrollOnNavigation } from "./navigation.ts";
import css from "./Shell.module.css";

const DevBar = lazy(() => import("../dev/DevBar.tsx"));

function subscribeToConnection(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  const online = useSyncExternalStore(subscribeToConnection, () => navigator.onLine);
  const { chain } = useAppConfig();
  useScrollOnNavigation();
  return (
    <div className={cx(css.shell, chain.isLocal && css.local)}>
      <a className={css.skip} href="#main">
        {t("nav.skip")}
      </a>
      <Header />
      {!online && (
        <div className={css.offline} role="status">
          {t("app.offline")}
        </div>
      )}
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={css.footer}>
        <span>{t("footer.promise")}</span>
        <span className={css.ways}>
          <Link href="/feedback" look="plain">
            {t("footer.feedback")}
          </Link>
          <Link href="/operator-privacy" look="plain">
            {t("footer.privacy")}
          </Link>
        </span>
      </footer>
      <Dock />
      {chain.isLocal && (
        <Suspense>
          <DevBar />
        </Suspense>
      )}
      <BottomBar />
    </div>
  );
}
