import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import css from "./Button.module.css";
import { type ButtonVariant, buttonClass } from "./Button.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./Icon.tsx";
import { Tooltip } from "./Tooltip.tsx";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** What it does: read aloud, and shown as its tooltip. */
  label: string;
  icon: LucideIcon;
  variant?: ButtonVariant;
  size?: "medium" | "small";
}

/** A square button with an icon and a name. */
export function IconButton({
  label,
  icon,
  variant = "quiet",
  size = "medium",
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={cx(buttonClass({ variant, size }), css.icon, className)}
      >
        <Icon of={icon} size={size === "small" ? 18 : 20} />
      </button>
    </Tooltip>
  );
}
