import { type ReactNode, useEffect, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { cx } from "../ui/cx.ts";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { arrivedByNavigation } from "./navigation.ts";
import css from "./Page.module.css";

export interface PageProps {
  /** Heading, and the window's title. */
  title: string;
  /** Beside the heading. */
  actions?: ReactNode;
  /** Under the heading. */
  lead?: ReactNode;
  /** The heading is read but not seen. */
  hideTitle?: boolean;
  /** `text` for reading, `wide` for grids, `full` without padding. */
  width?: "text" | "wide" | "full";
  children: ReactNode;
}

/** A page: its title, its one heading, and the focus that a change of page moves there. */
export function Page({ title, actions, lead, hideTitle, width = "wide", children }: PageProps) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  useEffect(() => {
    // On the first visit focus belongs to the browser; later, to where the link led.
    if (arrivedByNavigation()) heading.current?.focus({ preventScroll: true });
  }, []);
  const h1 = (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
  return (
    <div className={cx(css.page, css[width])}>
      {hideTitle ? (
        <VisuallyHidden>{h1}</VisuallyHidden>
      ) : (
        <div className={css.head}>
          {h1}
          {actions && <div className={css.actions}>{actions}</div>}
          {lead && <div className={css.lead}>{lead}</div>}
        </div>
      )}
      {children}
    </div>
  );
}
