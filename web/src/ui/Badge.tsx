import { CircleCheck, CircleX, Clock, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import css from "./Badge.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./Icon.tsx";

/** What a colour means: live or verified, held or due, lost. Never colour alone: an icon and a word go with it. */
export type Tone = "plain" | "live" | "held" | "lost";

const ICONS: Record<Tone, LucideIcon | undefined> = { plain: undefined, live: CircleCheck, held: Clock, lost: CircleX };

export interface BadgeProps {
  tone?: Tone;
  icon?: LucideIcon;
  /** With a line around it. */
  framed?: boolean;
  children: ReactNode;
}

/** A state in a word. */
export function Badge({ tone = "plain", icon = ICONS[tone], framed = false, children }: BadgeProps) {
  return (
    <span className={cx(css.badge, css[tone], framed && css.framed)}>
      {icon && <Icon of={icon} size={14} />}
      {children}
    </span>
  );
}
