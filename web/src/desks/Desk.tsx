import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { formatSpan } from "../selling/span.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Desks.module.css";
import type { HeldRole } from "./useRole.ts";

export interface DeskProps {
  /** Where the desk is, without a case. */
  href: string;
  queue: ReactNode;
  /** The case that is open, and what tells it from the next. */
  case: { readonly key: string; readonly content: ReactNode } | undefined;
}

/** A desk: the queue, and the case beside it; on a phone one after the other. */
export function Desk({ href, queue, case: open }: DeskProps) {
  const t = useT();
  const panel = useRef<HTMLElement>(null);
  const before = useRef(open?.key);
  // Whoever opens a case goes on reading there.
  useEffect(() => {
    if (open && open.key !== before.current) panel.current?.focus();
    before.current = open?.key;
  }, [open]);
  return (
    <div className={cx(css.desk, open && css.withCase)}>
      <div className={css.left}>{queue}</div>
      <section ref={panel} tabIndex={-1} className={css.case} aria-label={t("desk.case")}>
        {open ? (
          <>
            <Link href={href} className={css.back}>
              <Icon of={ArrowLeft} size={16} /> {t("desk.toQueue")}
            </Link>
            {open.content}
          </>
        ) : (
          <p className={css.note}>{t("desk.choose")}</p>
        )}
      </section>
    </div>
  );
}

/** What the account may do here, in words: nothing but reading without the role; later, where the role waits. */
export function RoleNote({ of, held }: { of: "MODERATOR" | "RESOLVER"; held: HeldRole | undefined }) {
  const t = useT();
  if (!held) return null;
  if (!held.isMember) return <p className={css.warn}>{t(`desk.readOnly.${of}`)}</p>;
  if (held.delay === 0) return <p className={css.note}>{t("desk.atOnce")}</p>;
  return <p className={css.warn}>{t("desk.delay", { delay: formatSpan(BigInt(held.delay)) })}</p>;
}
