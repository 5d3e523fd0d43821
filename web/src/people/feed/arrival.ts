/** How far the feed was read when one came to it. */
export interface Arrival {
  /** Id of the newest notification then; ids sort as text. */
  readonly newest: string;
  /** How many were unread then. */
  readonly unread: number;
}

/**
 * Which notifications were not read before: those that the operator says so of, and of those that were there on
 * arrival the newest, as many as were unread. By looking they are read, and the marks stay until one leaves.
 * @param items Newest first, without gaps.
 */
export function newOnes(
  items: readonly { readonly id: string; readonly read: boolean }[],
  arrival: Arrival | undefined,
): ReadonlySet<string> {
  const unread = items.filter(({ read }) => !read);
  const then = arrival ? items.filter(({ id }) => id <= arrival.newest).slice(0, arrival.unread) : [];
  return new Set([...unread, ...then].map(({ id }) => id));
}
