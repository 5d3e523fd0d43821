-- Credit plans as the chain has them; a row that is stale must be read from the chain first. What was tried of a renewal
-- holds for the cycle that ended at `tried_until` alone.
create table relayer.subscriptions (
  account text primary key,
  touched bigint not null,
  stale boolean not null,
  plan_id bigint not null,
  until bigint not null,
  renews boolean not null,
  tried_until bigint,
  -- `Sent`, or why it came to nothing.
  status text,
  tries integer not null default 0,
  -- Chain time from when on it is tried again.
  next_try bigint,
  transaction_id integer
);
create index subscriptions_until on relayer.subscriptions (until) where renews;
create index subscriptions_touched on relayer.subscriptions (touched);

-- Who agreed to automatic top-ups. A row that is stale may be due: it is looked at with the next round.
create table relayer.top_ups (
  account text primary key,
  touched bigint not null,
  stale boolean not null,
  agreed boolean not null,
  status text,
  tries integer not null default 0,
  next_try bigint,
  transaction_id integer
);
create index top_ups_stale on relayer.top_ups (account) where stale;
create index top_ups_touched on relayer.top_ups (touched);

-- Bonus credits as the chain has them, in microcredits, and what their holders were warned of.
create table relayer.bonuses (
  account text primary key,
  touched bigint not null,
  stale boolean not null,
  balance bigint not null,
  lapses_at bigint not null,
  warned_for bigint,
  warned_days integer
);
create index bonuses_lapses_at on relayer.bonuses (lapses_at);
create index bonuses_touched on relayer.bonuses (touched);

-- What a tab had settled when its spending was last recorded with Rewards, and by which transaction.
create table relayer.recorded_tabs (
  operator text not null,
  tab_id bigint not null,
  spent bigint not null,
  transaction_id integer,
  primary key (operator, tab_id)
);

-- Who was told that their credits run low; forgotten once they have more.
create table relayer.low_balances (account text primary key, told_at bigint not null);
