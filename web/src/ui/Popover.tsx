import type { ReactElement, ReactNode } from "react";
import { OnDemand } from "./OnDemand.tsx";

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** Names it for a screen reader. */
  label: string;
  children: ReactNode;
}

const load = () => import("./PopoverOpened.tsx");

/** Content beside a button, gone with the next click elsewhere. */
export function Popover(props: PopoverProps) {
  return <OnDemand load={load} props={props} popup="dialog" />;
}
