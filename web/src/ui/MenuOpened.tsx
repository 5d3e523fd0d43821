import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { cx } from "./cx.ts";
import { Icon } from "./Icon.tsx";
import css from "./Menu.module.css";
import type { MenuItem, MenuProps } from "./Menu.tsx";

function Item({ label, onSelect, icon, checked, danger, disabled }: MenuItem) {
  const inside = (
    <>
      {icon && <Icon of={icon} size={18} />}
      <span>{label}</span>
      {checked && (
        <span className={css.check}>
          <Icon of={Check} size={16} />
        </span>
      )}
    </>
  );
  const props = { className: cx(css.item, danger && css.danger), onSelect, ...(disabled && { disabled }) };
  return checked === undefined ? (
    <Radix.Item {...props}>{inside}</Radix.Item>
  ) : (
    <Radix.CheckboxItem {...props} checked={checked}>
      {inside}
    </Radix.CheckboxItem>
  );
}

/** The menu, open from the start: it is fetched when its button is pressed. */
export default function MenuOpened({ trigger, groups, head }: MenuProps) {
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={css.menu} align="end" sideOffset={8} collisionPadding={8}>
          {head}
          {groups.map((group, at) => (
            // Groups of a menu never change places.
            // biome-ignore lint/suspicious/noArrayIndexKey: fixed order
            <Radix.Group key={at}>
              {(at > 0 || head) && <Radix.Separator className={css.line} />}
              {group.heading && <Radix.Label className={css.heading}>{group.heading}</Radix.Label>}
              {group.items.map((item, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: fixed order
                <Item key={index} {...item} />
              ))}
            </Radix.Group>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
