import {
  Coins,
  Compass,
  Library,
  type LucideIcon,
  PenLine,
  ReceiptText,
  Sparkles,
  Store,
  UserRound,
} from "lucide-react";
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
  { href: "/market", label: "nav.market", icon: Store },
  { href: "/library", label: "nav.library", icon: Library },
  { href: "/credits", label: "nav.credits", icon: Coins, wideOnly: true },
  { href: "/create", label: "nav.create", icon: PenLine, wideOnly: true },
  { href: "/statement", label: "nav.statement", icon: ReceiptText, wideOnly: true },
  { href: "/you", label: "nav.you", icon: UserRound },
];

/** Pages that belong to a destination besides its own: the studio's tools, the market's works. */
const BELOW: Readonly<Record<string, RegExp>> = { "/studio": /^\/studio\/\d+$/, "/market": /^\/works\/\d+$/ };

/** Whether a page belongs to a destination. */
export function isAt({ href }: Destination, location: string): boolean {
  return location === href || (BELOW[href]?.test(location) ?? false);
}
