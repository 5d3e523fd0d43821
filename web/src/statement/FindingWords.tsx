import type { Finding, FindingKind } from "@stelai/sdk";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Hash } from "../ui/Hash.tsx";
import { FINDINGS, shownValue } from "./findings.ts";
import css from "./Statement.module.css";

function Value({ kind, value }: { kind: FindingKind; value: unknown }) {
  const t = useT();
  const shown = shownValue(kind, value);
  switch (shown.as) {
    case "credits":
      return <Amount micro={shown.micro} usd={false} />;
    case "count":
      return formatCount(shown.count);
    case "hashes":
      return shown.hashes.map((hash) => <Hash key={hash} value={hash} what={t("statement.value.hash")} />);
    case "message":
      return t(shown.id);
    default:
      return <span translate="no">{shown.text}</span>;
  }
}

/** A finding in words: which receipt, which number, expected and found, and what to do next. */
export function FindingWords({ finding }: { finding: Finding }) {
  const t = useT();
  const { kind, sequence, cumulative, expected, found } = finding;
  const { what, next } = FINDINGS[kind];
  const subject =
    sequence !== undefined
      ? t("statement.subject.receipt", { id: String(sequence) })
      : cumulative !== undefined
        ? t(next === "settled" ? "statement.subject.settlement" : "statement.subject.seal", {
            total: formatCredits(cumulative * WEI_PER_MICROCREDIT),
          })
        : t("statement.subject.tab");
  return (
    <div className={css.finding}>
      <p>
        <strong>{subject}</strong> {t(what)}
      </p>
      <dl className={css.values}>
        <div>
          <dt>{t("statement.expected")}</dt>
          <dd>
            <Value kind={kind} value={expected} />
          </dd>
        </div>
        <div>
          <dt>{t("statement.found")}</dt>
          <dd>
            <Value kind={kind} value={found} />
          </dd>
        </div>
      </dl>
      <p className={css.muted}>{t(`statement.next.${next}`)}</p>
    </div>
  );
}
