-- What is held for work that waits in a queue. It belongs to no process (`queue` is not null): any may start, charge or
-- release it. While it waits it is held within the cap, but is no exposure; once it runs it counts as all others do.
alter table relayer.requests add column queue text check (queue in ('waits', 'runs'));
-- Of what is reserved and in flight: how much waits, and in how many requests.
alter table relayer.tabs add column queued bigint not null default 0;
alter table relayer.tabs add column queued_requests integer not null default 0;

-- The same as before, with what is held for a queue, and what of it begins to run or waits again.
create or replace function relayer.book(batch jsonb) returns void language plpgsql as $$
declare
  op constant text := batch ->> 'operator';
  expected constant integer := jsonb_array_length(batch -> 'tabs');
  found_rows integer;
begin
  -- The tabs' locks come first, in the order of their ids, as everywhere.
  select count(*) into found_rows from (
    select t.version, v.version as known
    from relayer.tabs t join jsonb_to_recordset(batch -> 'tabs') as v(tab_id bigint, version bigint) on v.tab_id = t.tab_id
    where t.operator = op order by t.tab_id for update of t
  ) locked where locked.version = locked.known;
  if found_rows <> expected then
    raise exception 'a tab changed' using errcode = 'SL001';
  end if;

  if jsonb_array_length(batch -> 'held') > 0 then
    insert into relayer.requests as r (operator, tab_id, id, body_hash, character_id, terms_version, max_cost, deadline,
      signature, struct_hash, status, reserved, instance, admitted_at, queue)
    select op, v.tab_id, v.id, v.body_hash, v.character_id, v.terms_version, v.max_cost, v.deadline, v.signature,
      v.struct_hash, 'reserved', v.reserved, batch ->> 'instance', (batch ->> 'now')::bigint, v.queue
    from jsonb_to_recordset(batch -> 'held') as v(tab_id bigint, id text, body_hash text, character_id bigint,
      terms_version bigint, max_cost bigint, deadline bigint, signature text, struct_hash text, reserved bigint,
      queue text)
    -- One that failed without a charge may be tried again.
    on conflict (operator, tab_id, id) do update set body_hash = excluded.body_hash,
      character_id = excluded.character_id, terms_version = excluded.terms_version, max_cost = excluded.max_cost,
      deadline = excluded.deadline, signature = excluded.signature, struct_hash = excluded.struct_hash,
      status = excluded.status, reserved = excluded.reserved, instance = excluded.instance, queue = excluded.queue,
      admitted_at = excluded.admitted_at, created_at = excluded.created_at, position = null, error_code = null, error_message = null
      where r.status = 'failed';
    get diagnostics found_rows = row_count;
    if found_rows <> jsonb_array_length(batch -> 'held') then
      raise exception 'a request is known' using errcode = 'SL001';
    end if;
  end if;

  if jsonb_array_length(batch -> 'moved') > 0 then
    update relayer.requests r set queue = v.queue
    from jsonb_to_recordset(batch -> 'moved') as v(tab_id bigint, id text, queue text)
    where r.operator = op and r.tab_id = v.tab_id and r.id = v.id and r.status = 'reserved'
      and r.queue is not null and r.queue <> v.queue;
    get diagnostics found_rows = row_count;
    if found_rows <> jsonb_array_length(batch -> 'moved') then
      raise exception 'a queued request changed' using errcode = 'SL001';
    end if;
  end if;

  if jsonb_array_length(batch -> 'concluded') > 0 then
    update relayer.requests r set status = case when v.sequence is null then 'failed' else 'served' end, reserved = 0,
      sequence = v.sequence, position = v.position, answer = decode(v.answer, 'base64'), error_code = v.error_code,
      error_message = v.error_message, queue = null
    from jsonb_to_recordset(batch -> 'concluded') as v(tab_id bigint, id text, sequence bigint, position bigint,
      answer text, error_code text, error_message text)
    where r.operator = op and r.tab_id = v.tab_id and r.id = v.id and r.status = 'reserved'
      and (r.instance = batch ->> 'instance' or r.queue is not null);
    get diagnostics found_rows = row_count;
    if found_rows <> jsonb_array_length(batch -> 'concluded') then
      raise exception 'a request was given up' using errcode = 'SL001';
    end if;
  end if;

  if jsonb_array_length(batch -> 'receipts') > 0 then
    insert into relayer.receipts (operator, tab_id, sequence, request_id, request, response, character_id,
      terms_version, milliunits, quality, amount, fee, served_at, previous, hash, cumulative, signature)
    select op, v.* from jsonb_to_recordset(batch -> 'receipts') as v(tab_id bigint, sequence bigint, request_id text,
      request text, response text, character_id bigint, terms_version bigint, milliunits bigint, quality integer,
      amount bigint, fee bigint, served_at bigint, previous text, hash text, cumulative bigint, signature text);
  end if;

  update relayer.tabs t set reserved = v.reserved, in_flight = v.in_flight, queued = v.queued,
    queued_requests = v.queued_requests, cumulative = v.cumulative, lines = v.lines, head = v.head, sequence = v.sequence
  from jsonb_to_recordset(batch -> 'tabs') as v(tab_id bigint, reserved bigint, in_flight integer, queued bigint,
    queued_requests integer, cumulative bigint, lines jsonb, head text, sequence bigint)
  where t.operator = op and t.tab_id = v.tab_id;
end $$;
