/** The parts of the library, in the order of its tabs; the first is what it opens with. */
export const LIBRARY_TABS = ["made", "licences", "passes", "shared", "gifts"] as const;
export type LibraryTab = (typeof LIBRARY_TABS)[number];

/** Which part an address asks for. */
export function libraryTab(params: URLSearchParams): LibraryTab {
  return LIBRARY_TABS.find((one) => one === params.get("tab")) ?? LIBRARY_TABS[0];
}

/** The address of a part: filters of another one do not come along. */
export function withLibraryTab(params: URLSearchParams, tab: LibraryTab): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["made", "state"]) next.delete(name);
  if (tab === LIBRARY_TABS[0]) next.delete("tab");
  else next.set("tab", tab);
  return next;
}
