import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import type { MessageId } from "../locales/en/index.ts";
import css from "./OperatorPrivacyPage.module.css";

const PARTS: readonly (readonly [MessageId, readonly MessageId[]])[] = [
  ["privacy.sees", ["privacy.sees.words", "privacy.sees.address", "privacy.sees.network"]],
  ["privacy.keeps", ["privacy.keeps.receipts", "privacy.keeps.vouchers"]],
  ["privacy.never", ["privacy.never.spend", "privacy.never.wallet"]],
  ["privacy.chain", ["privacy.chain.totals"]],
];

/** What an operator sees, keeps and cannot do. */
export default function OperatorPrivacyPage() {
  const t = useT();
  return (
    <Page title={t("privacy.title")} lead={t("privacy.lead")} width="text">
      {PARTS.map(([heading, items]) => (
        <section key={heading} className={css.part}>
          <h2>{t(heading)}</h2>
          <ul>
            {items.map((item) => (
              <li key={item}>{t(item)}</li>
            ))}
          </ul>
        </section>
      ))}
      <p className={css.note}>{t("privacy.provider")}</p>
    </Page>
  );
}
