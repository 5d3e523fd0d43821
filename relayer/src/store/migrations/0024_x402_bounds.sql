-- What bounds the work that is done on payers' promises, and what finds payments that somebody else brings to the chain.
alter table relayer.x402_payments
  -- When it was taken last: what a process left behind is told from what has just come.
  add column taken_at timestamptz not null default now(),
  -- The UTC day on which it counts as work that nobody has paid for yet, and for which network: a keyed hash of that day.
  add column counted_on text,
  add column network text,
  -- How many of its transactions were mined and reverted.
  add column reverts integer not null default 0,
  -- The transaction in which somebody else brought it to the chain.
  add column brought text,
  -- When the chain is asked next whether somebody brought what came to nothing here; null: never again.
  add column look_at timestamptz;
update relayer.x402_payments set look_at = now() where status in ('released', 'refused');
-- Of generations it counts now whether they were given.
update relayer.x402_payments set tries = 1 where purpose = 'media' and status = 'settled';
create index x402_payments_look on relayer.x402_payments (look_at) where look_at is not null;
create index x402_payments_age on relayer.x402_payments (created_at);
