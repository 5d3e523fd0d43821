import { useLayoutEffect, useRef } from "react";
import { useLocation } from "wouter";

let navigated = false;

/** Whether the page shown was reached from another page of the dApp. */
export function arrivedByNavigation(): boolean {
  return navigated;
}

/** How far each page was scrolled, by its place in the history. */
const scrolled = new Map<string, number>();

const here = () => `${window.location.pathname}${window.location.search}`;

/**
 * A link leads to the top of a page, going back to where one was. The page may still be loading then: its place is
 * taken as soon as it is tall enough, unless the person scrolls first.
 */
export function useScrollOnNavigation(): void {
  const [location] = useLocation();
  const previous = useRef(location);
  const goingBack = useRef(false);

  useLayoutEffect(() => {
    history.scrollRestoration = "manual";
    const onScroll = () => scrolled.set(here(), window.scrollY);
    const onPop = () => {
      goingBack.current = true;
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    window.addEventListener("popstate", onPop);
    return () => {
      window.removeEventListener("scroll", onScroll);
      window.removeEventListener("popstate", onPop);
    };
  }, []);

  useLayoutEffect(() => {
    if (previous.current === location) return undefined;
    previous.current = location;
    navigated = true;
    const target = goingBack.current ? (scrolled.get(here()) ?? 0) : 0;
    goingBack.current = false;
    window.scrollTo(0, target);
    if (target === 0 || window.scrollY === target) return undefined;
    const observer = new ResizeObserver(() => {
      window.scrollTo(0, target);
      if (Math.abs(window.scrollY - target) < 1) observer.disconnect();
    });
    observer.observe(document.body);
    const leave = () => observer.disconnect();
    window.addEventListener("wheel", leave, { once: true, passive: true });
    window.addEventListener("touchstart", leave, { once: true, passive: true });
    window.addEventListener("keydown", leave, { once: true });
    return () => {
      leave();
      window.removeEventListener("wheel", leave);
      window.removeEventListener("touchstart", leave);
      window.removeEventListener("keydown", leave);
    };
  }, [location]);
}
