import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { buttonClass } from "./Button.tsx";
import { cx } from "./cx.ts";
import css from "./Dialog.module.css";
import { Icon } from "./Icon.tsx";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** A dialog in the middle, one as large as the window, or a panel at the side; on a phone all are sheets from below. */
  kind?: "dialog" | "large" | "panel";
  /** Buttons that stay in view while the content scrolls. */
  foot?: ReactNode;
  /** False while closing would lose something: then only its own buttons close it. */
  dismissible?: boolean;
  children?: ReactNode;
}

/** Something to answer before going on. Focus stays inside and returns to where it came from. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  kind = "dialog",
  foot,
  dismissible = true,
  children,
}: DialogProps) {
  const t = useT();
  const content = useRef<HTMLDivElement>(null);
  const opener = useRef<Element>(null);
  const keep = (event: Event) => {
    if (!dismissible) event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={css.scrim} />
        <Radix.Content
          className={cx(css.sheet, css[kind])}
          // The dialog itself, so that it is read from its title on; not its way out.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            opener.current = document.activeElement;
            content.current?.focus();
          }}
          // Radix returns it only to a trigger of its own.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          ref={content}
          onInteractOutside={keep}
          onEscapeKeyDown={keep}
          {...(!description && { "aria-describedby": undefined })}
        >
          <div className={css.head}>
            <Radix.Title className={css.title}>{title}</Radix.Title>
            {dismissible && (
              <Radix.Close asChild>
                <button
                  type="button"
                  className={cx(buttonClass({ variant: "quiet" }), css.close)}
                  aria-label={t("ui.close")}
                >
                  <Icon of={X} />
                </button>
              </Radix.Close>
            )}
          </div>
          {description && <Radix.Description className={css.description}>{description}</Radix.Description>}
          {/* A scrolling region has to be reachable by keyboard. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
          <div className={css.body} tabIndex={0}>
            {children}
          </div>
          {foot && <div className={css.foot}>{foot}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
