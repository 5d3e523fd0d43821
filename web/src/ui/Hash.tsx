import { shorten } from "../format/hash.ts";
import { CopyButton } from "./CopyButton.tsx";
import css from "./Hash.module.css";
import { Link } from "./Link.tsx";

export interface HashProps {
  /** The whole hash or address. */
  value: string;
  /** What it is, for the copy button: "address". */
  what: string;
  /** Where it can be looked up. */
  href?: string | undefined;
  copy?: boolean;
}

/** A hash or address: mono, shortened, copied whole. */
export function Hash({ value, what, href, copy = true }: HashProps) {
  const short = shorten(value);
  return (
    <span className={css.hash} translate="no" title={value}>
      {href ? <Link href={href}>{short}</Link> : short}
      {copy && <CopyButton text={value} what={what} />}
    </span>
  );
}
