import { Tooltip as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import css from "./Tooltip.module.css";

/** A short text that appears on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    // Each has a provider of its own: one around the page would put tooltips into the first load.
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className={css.tip} sideOffset={6} collisionPadding={8}>
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
