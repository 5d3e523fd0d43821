import { Tooltip as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import css from "./Tooltip.module.css";

/** A short text that appears on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={css.tip} sideOffset={6} collisionPadding={8}>
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Wraps the whole page once: tooltips share one delay. */
export const TooltipProvider = Radix.Provider;
