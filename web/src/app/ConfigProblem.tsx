import { I18nProvider } from "@lingui/react";
import { InvalidConfigError } from "../config/load.ts";
import { i18n } from "../i18n/index.ts";
import { T, useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import css from "./ConfigProblem.module.css";
import { Mark } from "./Mark.tsx";

function Problem({ error }: { error: unknown }) {
  const t = useT();
  const invalid = error instanceof InvalidConfigError ? error : undefined;
  return (
    <main className={css.problem}>
      <h1>
        <Mark size={32} /> <span translate="no">{t("app.name")}</span>
      </h1>
      <ErrorState
        what={t(invalid ? "config.invalid" : "config.missing")}
        money="untouched"
        technical={
          error instanceof Error ? `${error.message}${error.cause ? `: ${String(error.cause)}` : ""}` : String(error)
        }
        actions={<Button onClick={() => window.location.reload()}>{t("app.reload")}</Button>}
      >
        {invalid ? (
          <T id="config.invalidWhat" values={{ path: invalid.path }} components={{ code: <code translate="no" /> }} />
        ) : (
          t("config.missingWhat")
        )}
      </ErrorState>
    </main>
  );
}

/** Without a usable configuration there is no chain to talk to: the one page that says so. */
export function ConfigProblem({ error }: { error: unknown }) {
  return (
    <I18nProvider i18n={i18n}>
      <Problem error={error} />
    </I18nProvider>
  );
}
