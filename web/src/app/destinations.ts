import { Coins, Compass, Library, type LucideIcon, PenLine, ReceiptText, Sparkles, UserRound } from "lucide-react";
import type { MessageId } from "../locales/en/index.ts";

export interface Destination {
  readonly href: string;
  readonly label: MessageId;
  readonly icon: LucideIcon;
  /** Not in the phone's bar, which has room for five: it is linked from “You” there. */
  readonly wideOnly?: boolean;
}

/** Where one can go from anywhere: the header on a wide screen, the bar at the bottom on a phone. */
export const DESTINATIONS: readonly Destination[] = [
  { href: "/", label: "nav.explore", icon: Compass },
  { href: "/studio", label: "nav.studio", icon: Sparkles },
  { href: "/library", label: "nav.library", icon: Library },
  { href: "/credits", label: "nav.credits", icon: Coins },
  { href: "/create", label: "nav.create", icon: PenLine, wideOnly: true },
  { href: "/statement", label: "nav.statement", icon: ReceiptText, wideOnly: true },
  { href: "/you", label: "nav.you", icon: UserRound },
];

/** Whether a page belongs to a destination: it is it, or one of the studio's tools. */
export function isAt({ href }: Destination, location: string): boolean {
  return location === href || (href === "/studio" && /^\/studio\/\d+$/.test(location));
}
