import { useT } from "../../i18n/react.tsx";
import { useKept } from "../../studio/stored.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import css from "./Order.module.css";

/** Where the words of a dispute are kept until they are stored. */
export const wordsKey = (licenceId: bigint) => `dispute:${licenceId}`;

/** The words of a dispute that went without them: they stand here alone, to be copied. */
export function KeptWords({ licenceId }: { licenceId: bigint }) {
  const t = useT();
  const [words] = useKept(wordsKey(licenceId), "");
  if (words.trim() === "") return null;
  return (
    <div className={css.said}>
      <h3>
        {t("dispute.keptWords")} <CopyButton text={words} what={t("dispute.words")} />
      </h3>
      <p className={css.words} translate="no">
        {words}
      </p>
      <p className={css.muted}>{t("dispute.keptText")}</p>
    </div>
  );
}
