import { Popover as Radix } from "radix-ui";
import css from "./Popover.module.css";
import type { PopoverProps } from "./Popover.tsx";

/** The popover, open from the start: it is fetched when its button is pressed. */
export default function PopoverOpened({ trigger, label, children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={css.popover} align="end" sideOffset={8} collisionPadding={8} aria-label={label}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
