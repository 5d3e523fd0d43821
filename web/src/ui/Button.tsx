import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import css from "./Button.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./Icon.tsx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonProps extends ComponentProps<"button"> {
  /** One primary a view. Default: secondary. */
  variant?: ButtonVariant;
  size?: "medium" | "small";
  icon?: LucideIcon;
  /** As wide as its container. */
  wide?: boolean;
}

/** Class names of a button, for links that look like one. */
export function buttonClass({ variant = "secondary", size = "medium", wide = false }: Partial<ButtonProps>): string {
  return cx(css.button, css[variant], size === "small" && css.small, wide && css.wide);
}

/** A button. Where it pays, its text carries the price: "Send · ≤ 0.4". */
export function Button({ variant, size, icon, wide, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={cx(
        buttonClass({ ...(variant && { variant }), ...(size && { size }), ...(wide && { wide }) }),
        className,
      )}
    >
      {icon && <Icon of={icon} size={size === "small" ? 16 : 18} />}
      {children}
    </button>
  );
}
