import { type ComponentType, createElement, Suspense, useSyncExternalStore } from "react";

let docked: ComponentType | undefined;
const listeners = new Set<() => void>();

/** Leaves something at the lower edge that stays while one goes from page to page; undefined takes it away. */
export function dock(component: ComponentType | undefined): void {
  docked = component;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place of it, around every page. */
export function Dock() {
  const component = useSyncExternalStore(subscribe, () => docked);
  return component ? createElement(Suspense, null, createElement(component)) : null;
}
