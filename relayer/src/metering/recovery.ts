import { type SQL, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Store } from "../store/index.ts";

/** How long what is held for a queue may be nobody's: its process is about to queue it, or to let go of it. */
const UNCLAIMED_SECONDS = 60;

/**
 * The processes that live, which each says every few seconds; an embedded database has one, so every other one is dead.
 * Who was silent itself a moment ago, or has just come where nobody else is known to have been there all the time
 * (`since`), takes nobody for dead: when the database was away, all of them were silent.
 */
export function aliveInstances(store: Pick<Store, "kind" | "instanceTimeoutSeconds">, instance: string): SQL {
  if (store.kind === "pglite") return sql`select ${instance}::text`;
  const longAgo = sql`now() - make_interval(secs => ${store.instanceTimeoutSeconds})`;
  return sql`select id from relayer.instances where seen_at > ${longAgo} or not exists (
    select from relayer.instances own where own.id = ${instance} and own.seen_at > ${longAgo} and own.since <= ${longAgo})`;
}

/**
 * Says that this process lives, and lets go of what dead ones held: their requests fail, nothing is charged, and
 * the same ids may be tried again. What is held for the queue of generations is no process's: it is let go of when no
 * generation that goes on names it, as after a crash before it was queued, or after it had ended.
 * @returns how many requests were given up.
 */
export async function releaseAbandoned(store: Store, operator: Address, instance: string): Promise<number> {
  return store.transaction(async (tx) => {
    const longAgo = sql`now() - make_interval(secs => ${store.instanceTimeoutSeconds})`;
    // Who is new does not know either whether the database was away, unless somebody is there who was there all the time.
    await tx.execute(sql`
      insert into relayer.instances as own (id, seen_at, since)
      select ${instance}, now(), case when count(*) = 0 or bool_or(seen_at > ${longAgo} and since <= ${longAgo})
        then '-infinity'::timestamptz else now() end from relayer.instances
      on conflict (id) do update set seen_at = excluded.seen_at,
        since = case when own.seen_at <= ${longAgo} then now() else own.since end`);
    const alive = aliveInstances(store, instance);
    const nobodys = sql`case when q.queue is null then q.instance not in (${alive}) else
      q.created_at < now() - make_interval(secs => ${UNCLAIMED_SECONDS}) and not exists (
        select from relayer.generations g where g.operator = q.operator and g.tab_id = q.tab_id and g.request_id = q.id and (
          g.status in ('queued', 'in_progress') or g.ended_at > now() - make_interval(secs => ${UNCLAIMED_SECONDS}))) end`;
    // The tabs' locks come first, in order, as everywhere.
    await tx.execute(sql`
      select tab_id from relayer.tabs where operator = ${operator} and tab_id in (
        select q.tab_id from relayer.requests q
        where q.operator = ${operator} and q.status = 'reserved' and ${nobodys}
      ) order by tab_id for update`);
    const result: unknown = await tx.execute(sql`
      with abandoned as (
        update relayer.requests r set status = 'failed', reserved = 0, queue = null, position = old.position,
          error_code = 'interrupted',
          error_message = 'The operator was interrupted before it had answered. Nothing was charged.'
        from (select q.tab_id, q.id, q.reserved, q.queue, t.sequence + 1 as position
          from relayer.requests q join relayer.tabs t on t.operator = q.operator and t.tab_id = q.tab_id
          where q.operator = ${operator} and q.status = 'reserved' and ${nobodys}) old
        where r.operator = ${operator} and r.tab_id = old.tab_id and r.id = old.id and r.status = 'reserved'
        returning r.tab_id, old.reserved, old.queue
      ), freed as (
        select tab_id, sum(reserved) as held, count(*) as requests,
          coalesce(sum(reserved) filter (where queue = 'waits'), 0) as queued,
          count(*) filter (where queue = 'waits') as queued_requests
        from abandoned group by tab_id
      )
      update relayer.tabs t set reserved = t.reserved - freed.held, in_flight = t.in_flight - freed.requests,
        queued = t.queued - freed.queued, queued_requests = t.queued_requests - freed.queued_requests
      from freed where t.operator = ${operator} and t.tab_id = freed.tab_id returning freed.requests`);
    if (store.kind === "postgres") {
      await tx.execute(sql`delete from relayer.instances where seen_at < now() - interval '1 day'`);
    }
    const { rows } = result as { rows: { requests: string | number | bigint }[] };
    return rows.reduce((sum, row) => sum + Number(row.requests), 0);
  });
}

/** Says that this process ends, so that nobody waits for it: what it may still hold is let go of by the others. */
export async function leaveInstances(store: Store, instance: string): Promise<void> {
  await store.db.execute(sql`delete from relayer.instances where id = ${instance}`);
}
