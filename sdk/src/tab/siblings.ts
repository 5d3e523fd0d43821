import type { StelaiClient } from "../client.ts";
import { lockName, type TabRecord } from "./record.ts";

type See = (record: TabRecord) => void;
type Tab = Pick<TabRecord, "operator" | "tabId">;

/** By storage and tab. Held weakly: a session that nobody uses any more is not kept for this. */
const all = new WeakMap<object, Map<string, Set<WeakRef<See>>>>();

/** Has a session told what others of the same tab store in the same storage. It has to hold `see` itself. */
export function join(client: StelaiClient, { operator, tabId }: Tab, see: See): void {
  const tabs = all.get(client.storage) ?? new Map<string, Set<WeakRef<See>>>();
  all.set(client.storage, tabs);
  const name = lockName(client, operator, tabId);
  tabs.set(name, (tabs.get(name) ?? new Set()).add(new WeakRef(see)));
}

/** Tells every session of a tab here what is stored of it now. */
export function tell(client: StelaiClient, record: TabRecord): void {
  const joined = all.get(client.storage)?.get(lockName(client, record.operator, record.tabId));
  for (const one of joined ?? []) {
    const see = one.deref();
    if (see) see(record);
    else joined?.delete(one);
  }
}
