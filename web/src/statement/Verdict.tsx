import type { ReactNode } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Badge } from "../ui/Badge.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { FindingWords } from "./FindingWords.tsx";
import css from "./Statement.module.css";
import type { Check } from "./useCheck.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT);

function Progress({ label, at, of }: { label: string; at?: number; of?: number }) {
  return (
    <div className={css.progress}>
      <span>{label}</span>
      <progress aria-label={label} {...(at !== undefined && of !== undefined && { value: at, max: of })} />
    </div>
  );
}

function Words({ check }: { check: Check }): ReactNode {
  const t = useT();
  switch (check.at) {
    case "none":
      return <p className={css.muted}>{t("statement.verdict.none")}</p>;
    case "loading":
      return <Progress label={t("statement.loading", { entries: check.receipts })} />;
    case "checking":
      return (
        <Progress
          label={t("statement.checking", { receipt: check.receipt, of: check.of })}
          at={check.receipt}
          of={check.of}
        />
      );
    case "failed": {
      const { what, todo, technical } = explain(check.error);
      return (
        <ErrorState what={what} money="notInvolved" technical={technical}>
          {todo}
        </ErrorState>
      );
    }
    case "done": {
      const { ok, entries, seals, findings, totals } = check.audit;
      const receipts = entries.filter(({ verdict }) => verdict !== "uncharged").length;
      return (
        <>
          <p className={css.verdictWord}>
            <Badge tone={ok ? "live" : "lost"}>
              {ok ? t("statement.verdict.fits") : t("statement.verdict.mismatch", { count: findings.length })}
            </Badge>
          </p>
          {ok ? (
            <p className={css.muted}>
              {t("statement.verdict.fitsText", {
                receipts,
                seals: seals.length,
                settled: credits(totals.settled),
                pending: credits(totals.charged - totals.settled),
              })}
            </p>
          ) : (
            <ul className={css.findings}>
              {findings.map((finding) => (
                <li key={`${finding.kind} ${finding.sequence} ${finding.cumulative}`}>
                  <FindingWords finding={finding} />
                </li>
              ))}
            </ul>
          )}
        </>
      );
    }
  }
}

/** What the check says, in words and with an icon. */
export function Verdict({ check }: { check: Check }) {
  const tone = check.at === "done" ? (check.audit.ok ? css.right : css.wrong) : undefined;
  return (
    // Announced when it is decided; the counting is not.
    <div className={`${css.verdict} ${tone ?? ""}`} aria-live={check.at === "done" ? "polite" : "off"}>
      <Words check={check} />
    </div>
  );
}
