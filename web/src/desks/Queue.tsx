import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { Link } from "../ui/Link.tsx";
import css from "./Desks.module.css";

export interface QueueItem {
  readonly key: string;
  readonly href: string;
  readonly content: ReactNode;
}

/** What waits at a desk: links, from one to the next with the arrow keys too. */
export function Queue({
  label,
  items,
  current,
}: {
  label: string;
  items: readonly QueueItem[];
  current?: string | undefined;
}) {
  const list = useRef<HTMLOListElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = links[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <nav aria-label={label}>
      <ol ref={list} className={css.queue} onKeyDown={move}>
        {items.map(({ key, href, content }) => (
          <li key={key}>
            <Link look="plain" href={href} className={css.item} aria-current={key === current ? "true" : undefined}>
              {content}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
