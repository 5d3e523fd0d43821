import type { LucideIcon } from "lucide-react";

/** A line icon of 1.5 px, hidden from screen readers: the word beside it, or its button's label, speaks. */
export function Icon({ of: Glyph, size = 20 }: { of: LucideIcon; size?: number }) {
  return <Glyph size={size} strokeWidth={1.5} absoluteStrokeWidth aria-hidden focusable="false" />;
}
