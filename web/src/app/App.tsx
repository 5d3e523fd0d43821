import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { WagmiProvider } from "wagmi";
import { Route, Switch, useLocation } from "wouter";
import { SignInProvider } from "../access/SignInProvider.tsx";
import { ActivityProvider } from "../activity/ActivityProvider.tsx";
import { ConfigProvider } from "../config/ConfigContext.ts";
import type { AppConfig } from "../config/schema.ts";
import { CreditRates } from "../credits/CreditRates.tsx";
import { i18n } from "../i18n/index.ts";
import { useT } from "../i18n/react.tsx";
import { HistoryGate } from "../people/history/HistoryGate.tsx";
import { StelaiRoot } from "../stelai/StelaiRoot.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ToastProvider } from "../ui/Toast.tsx";
import { WalletProvider } from "../wallet/WalletProvider.tsx";
import { createWagmiConfig } from "../wallet/wagmi.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { ROUTES } from "./routes.ts";
import { Shell } from "./Shell.tsx";

const PAGES = ROUTES.map(({ path, load }) => ({ path, component: lazy(load) }));
const NotFoundPage = lazy(() => import("../pages/NotFoundPage.tsx"));

function Pages() {
  const t = useT();
  const [location] = useLocation();
  return (
    <ErrorBoundary
      resetKey={location}
      fallback={(error) => (
        <div style={{ padding: "var(--space-32) var(--gutter)" }}>
          <ErrorState
            what={t("app.pageFailed")}
            money="untouched"
            technical={error instanceof Error ? error.message : String(error)}
            actions={<Button onClick={() => window.location.reload()}>{t("app.reload")}</Button>}
          />
        </div>
      )}
    >
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {PAGES.map(({ path, component }) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

/** The dApp for one configuration. */
export function App({ config }: { config: AppConfig }) {
  const wagmi = useMemo(() => createWagmiConfig(config), [config]);
  const queries = useMemo(() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1 } } }), []);
  return (
    <I18nProvider i18n={i18n}>
      <ConfigProvider value={config}>
        <WagmiProvider config={wagmi}>
          <QueryClientProvider client={queries}>
            <CreditRates>
              <ToastProvider>
                <ActivityProvider>
                  <WalletProvider>
                    <StelaiRoot>
                      <SignInProvider>
                        <Shell>
                          <Pages />
                        </Shell>
                        <HistoryGate />
                      </SignInProvider>
                    </StelaiRoot>
                  </WalletProvider>
                </ActivityProvider>
              </ToastProvider>
            </CreditRates>
          </QueryClientProvider>
        </WagmiProvider>
      </ConfigProvider>
    </I18nProvider>
  );
}
