import { RelayerProtocolError } from "../errors/relayer.ts";

/** The most pages that are asked for: a relayer that always has one more would hold up every window of a tab. */
export const MAX_PAGES = 1_000;

/**
 * Reads page after page until there is no next one, or the relayer does not advance.
 * @param load reads the page after a place and gives the place to go on after.
 * @throws RelayerProtocolError after {@link MAX_PAGES} pages.
 */
export async function everyPage(
  first: bigint | undefined,
  load: (after: bigint | undefined) => Promise<bigint | null>,
): Promise<void> {
  let after = first;
  for (let count = 0; count < MAX_PAGES; count++) {
    const next = await load(after);
    if (next === null || (after !== undefined && next <= after)) return;
    after = next;
  }
  throw new RelayerProtocolError(`its list goes on after ${MAX_PAGES} pages`);
}
