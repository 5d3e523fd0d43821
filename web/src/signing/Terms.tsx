import type { ReactNode } from "react";
import { useT } from "../i18n/react.tsx";
import { cx } from "../ui/cx.ts";
import { Hash } from "../ui/Hash.tsx";
import css from "./SigningSheet.module.css";
import type { SigningTerms } from "./terms.ts";

function Row({ label, total, children }: { label: string; total?: boolean; children: ReactNode }) {
  return (
    <div className={cx(css.row, total && css.total)}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The terms of one signature as a list of names and values. */
export function Terms({ terms }: { terms: SigningTerms }) {
  const t = useT();
  return (
    <>
      <dl className={css.terms}>
        <Row label={t("signing.get")} total>
          {terms.get}
        </Row>
        <Row label={t("signing.now")} total>
          {terms.now}
        </Row>
        {terms.atMost && <Row label={t("signing.atMost")}>{terms.atMost}</Row>}
        <Row label={t("signing.to")}>{terms.to}</Row>
        {terms.until && <Row label={t("signing.until")}>{terms.until}</Row>}
        <Row label={t("signing.undo")}>{terms.undo}</Row>
        <Row label={t("signing.cost")}>{terms.cost}</Row>
        {terms.balance && (
          <Row label={t("signing.balance")}>
            {terms.balance.before} → {terms.balance.after}
          </Row>
        )}
      </dl>
      {terms.commitment && (
        <details className={css.commitment}>
          <summary>{t("signing.commitment")}</summary>
          <p>{t("signing.commitmentWhy")}</p>
          <dl className={css.terms} translate="no">
            {terms.commitment.fields.map(([name, value]) => (
              <Row key={name} label={name}>
                {value}
              </Row>
            ))}
            <Row label="nonce">
              <Hash value={terms.commitment.hash} what="nonce" />
            </Row>
          </dl>
        </details>
      )}
    </>
  );
}
