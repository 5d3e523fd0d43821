import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Access.module.css";
import { useAllowance, useAllowanceWords } from "./useAllowance.ts";

/** That what passes may take outlives the one that ends, and where to lower it. Nothing where nothing may be taken. */
export function AllowanceStays() {
  const t = useT();
  const words = useAllowanceWords();
  const { data: allowance } = useAllowance();
  if (!allowance) return null;
  return (
    <p className={css.note}>
      {t("allowances.stays", { amount: words(allowance) })}{" "}
      <Link href="/credits/allowances">{t("allowances.lower")}</Link>
    </p>
  );
}
