import { sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Store } from "../store/index.ts";

/** A process that was not seen for so long is dead. */
const DEAD_AFTER_SECONDS = 30;

/**
 * Says that this process lives, and lets go of what dead ones held: their requests fail, nothing is charged, and
 * the same ids may be tried again.
 * @returns how many requests were given up.
 */
export async function releaseAbandoned(store: Store, operator: Address, instance: string): Promise<number> {
  return store.transaction(async (tx) => {
    await tx.execute(sql`
      insert into relayer.instances (id, seen_at) values (${instance}, now())
      on conflict (id) do update set seen_at = excluded.seen_at`);
    // An embedded database has one process: every other one is dead.
    const alive =
      store.kind === "pglite"
        ? sql`select ${instance}::text`
        : sql`select id from relayer.instances where seen_at > now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`;
    // The tabs' locks come first, in order, as everywhere.
    await tx.execute(sql`
      select tab_id from relayer.tabs where operator = ${operator} and tab_id in (
        select tab_id from relayer.requests where operator = ${operator} and status = 'reserved' and instance not in (${alive})
      ) order by tab_id for update`);
    const result: unknown = await tx.execute(sql`
      with abandoned as (
        update relayer.requests r set status = 'failed', reserved = 0, position = old.position, error_code = 'interrupted',
          error_message = 'The operator was interrupted before it had answered. Nothing was charged.'
        from (select q.tab_id, q.id, q.reserved, t.sequence + 1 as position
          from relayer.requests q join relayer.tabs t on t.operator = q.operator and t.tab_id = q.tab_id
          where q.operator = ${operator} and q.status = 'reserved' and q.instance not in (${alive})) old
        where r.operator = ${operator} and r.tab_id = old.tab_id and r.id = old.id and r.status = 'reserved'
        returning r.tab_id, old.reserved
      ), freed as (
        select tab_id, sum(reserved) as held, count(*) as requests from abandoned group by tab_id
      )
      update relayer.tabs t set reserved = t.reserved - freed.held, in_flight = t.in_flight - freed.requests
      from freed where t.operator = ${operator} and t.tab_id = freed.tab_id returning freed.requests`);
    if (store.kind === "postgres") {
      await tx.execute(sql`delete from relayer.instances where seen_at < now() - interval '1 day'`);
    }
    const { rows } = result as { rows: { requests: string | number | bigint }[] };
    return rows.reduce((sum, row) => sum + Number(row.requests), 0);
  });
}
