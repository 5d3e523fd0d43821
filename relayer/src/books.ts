import { sql } from "drizzle-orm";
import type { Services } from "./services.ts";

/** How long one reading of the books is shown: every process is asked, and each would read the same. */
const FRESH_MS = 10_000;

type Needs = Pick<Services, "chain" | "metrics" | "operator" | "store">;

/** What the database says of money under way, as `/metrics` shows it; read at most once in ten seconds. */
export function createBooksGauge({ chain, metrics, operator, store }: Needs): () => Promise<void> {
  let readAt = 0;
  const read = async (): Promise<void> => {
    const now = chain.head().timestamp;
    const result: unknown = await store.db.execute(sql`
      select t.*, v.oldest, g.waiting from (
        select count(*) as open, coalesce(sum(cumulative - signed), 0) as unsigned, coalesce(sum(reserved), 0) as held,
          coalesce(sum(signed - spent), 0) as unsettled
        from relayer.tabs where operator = ${operator.address} and not closed
      ) t, (
        select coalesce(max(${now}::bigint - v.first_at), 0) as oldest
        from relayer.tabs t join relayer.vouchers v on v.operator = t.operator and v.tab_id = t.tab_id and v.base = t.base
        where t.operator = ${operator.address} and not t.closed and t.broken is null and t.signed > t.base
      ) v, (
        select coalesce(max(extract(epoch from now() - created_at)), 0) as waiting
        from relayer.generations where operator = ${operator.address} and status = 'queued'
      ) g`);
    const [row] = (result as { rows: Record<string, string | number>[] }).rows;
    metrics.tabs.set(Number(row?.open ?? 0));
    metrics.unsigned.set(Number(row?.unsigned ?? 0));
    metrics.held.set(Number(row?.held ?? 0));
    metrics.unsettled.set(Number(row?.unsettled ?? 0));
    metrics.settlementLag.set(Math.max(0, Number(row?.oldest ?? 0)));
    metrics.queueAge.set(Math.max(0, Number(row?.waiting ?? 0)));
    const seals: unknown = await store.db.execute(sql`
      select status, count(*) as count from relayer.seals
      where operator = ${operator.address} and status in ('sealed', 'sent', 'mined') group by status`);
    metrics.sealsOpen.reset();
    for (const { status, count } of (seals as { rows: { status: string; count: string | number }[] }).rows) {
      metrics.sealsOpen.set({ status }, Number(count));
    }
  };
  return async () => {
    if (Date.now() - readAt < FRESH_MS) return;
    await read();
    readAt = Date.now();
  };
}
