import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { OnDemand } from "./OnDemand.tsx";

export interface MenuItem {
  label: ReactNode;
  onSelect: () => void;
  icon?: LucideIcon;
  /** One of several of which one is chosen. */
  checked?: boolean;
  danger?: boolean;
  disabled?: boolean;
}

export interface MenuGroup {
  heading?: ReactNode;
  items: readonly MenuItem[];
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  /** Above the items, for what is not chosen. */
  head?: ReactNode;
}

const load = () => import("./MenuOpened.tsx");

/** A list of actions behind a button. */
export function Menu(props: MenuProps) {
  return <OnDemand load={load} props={props} popup="menu" />;
}
