import { LICENCES } from "@stelai/sdk/licences";
import { useStelai } from "@stelai/sdk/react";
import { Check, X } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import type { Licence } from "../facts.ts";
import css from "./Certificate.module.css";

/** What a licence allows, in short and in full, where its terms are ones that we have. */
export function TermsInShort({ licence: { tier, termsHash, areTermsKnown } }: { licence: Licence }) {
  const t = useT();
  const stelai = useStelai();
  const { may, mayNot, text, uri } = LICENCES[tier];
  const hash = (
    <Hash
      value={termsHash}
      what={t("certificate.termsHash")}
      href={areTermsKnown ? stelai.characters.gatewayUrl(uri) : undefined}
    />
  );
  if (!areTermsKnown) {
    return (
      <p>
        {t("certificate.termsOther")} {hash}
      </p>
    );
  }
  return (
    <>
      <div className={css.allowances}>
        {(
          [
            ["certificate.may", may, Check, css.may],
            ["certificate.mayNot", mayNot, X, css.mayNot],
          ] as const
        ).map(([heading, lines, icon, look]) => (
          <div key={heading}>
            <h3>{t(heading)}</h3>
            <ul className={look} lang="en" translate="no">
              {lines.map((line) => (
                <li key={line}>
                  <Icon of={icon} size={16} />
                  <span>{line}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <details className={css.terms}>
        <summary>{t("certificate.terms")}</summary>
        <Markdown>{text}</Markdown>
      </details>
      <p className={css.muted}>
        {t("certificate.termsHash")} {hash}
      </p>
    </>
  );
}
