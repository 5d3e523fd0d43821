import { useCreditBalance } from "../credits/useCreditBalance.ts";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Link } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Header.module.css";

/** What the connected wallet has to spend, settled on the chain; leads to where more is bought. */
export function HeaderBalance() {
  const t = useT();
  const { address } = useWallet();
  const balance = useCreditBalance();
  if (!address) return null;
  return (
    <Link href="/credits" look="plain" className={css.balance} aria-label={t("nav.balanceLabel")}>
      <Amount wei={balance} usd={false} rounding="down" />
    </Link>
  );
}
