import { sql } from "drizzle-orm";
import type { SettlementOptions } from "./index.ts";

/** Why a tab is sealed now. */
export type Trigger = "close" | "expiry" | "value" | "age";

/** The most tabs sealed in one round. */
const LIMIT = 500;

/** Tabs with something signed that is worth it, old enough, near the end of its time, or to be closed. */
export async function tabsToSeal({
  store,
  chain,
  operator,
  config,
}: Pick<SettlementOptions, "store" | "chain" | "operator" | "config">): Promise<{ tabId: bigint; trigger: Trigger }[]> {
  const now = chain.head().timestamp;
  const soon = now + BigInt(config.SETTLE_NEAR_EXPIRY_SECONDS);
  const result: unknown = await store.db.execute(sql`
    select t.tab_id, case
        when t.closing or t.close_signature is not null then 'close'
        when t.expiry <= ${soon}::bigint or (v.signer <> lower(t.session_key) and t.previous_key_until <= ${soon}::bigint) then 'expiry'
        when t.signed - t.base >= ${config.SETTLE_VALUE}::bigint then 'value'
        when v.first_at <= ${now - BigInt(config.SETTLE_AGE_SECONDS)}::bigint then 'age'
      end as trigger
    from relayer.tabs t join relayer.vouchers v on v.operator = t.operator and v.tab_id = t.tab_id and v.base = t.base
    where t.operator = ${operator.address} and t.signed > t.base and not t.closed and t.broken is null and (
      t.closing or t.close_signature is not null or t.expiry <= ${soon}::bigint
      or (v.signer <> lower(t.session_key) and t.previous_key_until <= ${soon}::bigint)
      or t.signed - t.base >= ${config.SETTLE_VALUE}::bigint
      or v.first_at <= ${now - BigInt(config.SETTLE_AGE_SECONDS)}::bigint)
    order by t.expiry limit ${LIMIT}`);
  const { rows } = result as { rows: { tab_id: string | number | bigint; trigger: Trigger }[] };
  return rows.map((row) => ({ tabId: BigInt(row.tab_id), trigger: row.trigger }));
}
