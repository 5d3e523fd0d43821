-- A session key that signing in bound to the account (lower-case); it ends with its session.
alter table relayer.sign_in_sessions add column session_key text;
create index sign_in_sessions_key on relayer.sign_in_sessions (session_key) where session_key is not null;
create index sign_in_sessions_account on relayer.sign_in_sessions (account);

-- What was used of a pass on a UTC day (counted since 1970) of the chain's time.
create table relayer.pass_uses (
  character_id bigint not null,
  account text not null,
  day bigint not null,
  used bigint not null check (used >= 0),
  primary key (character_id, account, day)
);
create index pass_uses_day on relayer.pass_uses (day);
create index pass_uses_account on relayer.pass_uses (account);

-- Passes as the chain has them. A row that is stale must be read from the chain first; `touched` is the newest block
-- that spoke of it.
create table relayer.passes (
  character_id bigint not null,
  account text not null,
  touched bigint not null,
  stale boolean not null,
  lifetime boolean not null,
  until bigint not null,
  plan text not null,
  mandate bigint not null,
  -- Seen while it ran: then its end is told.
  running boolean not null,
  -- The end that a notice before the renewal was given for.
  announced bigint,
  primary key (character_id, account)
);
create index passes_account on relayer.passes (account);
create index passes_until on relayer.passes (until);
create index passes_touched on relayer.passes (touched);
create index passes_stale on relayer.passes (character_id) where stale;

-- What became of the renewal of each period that ended.
create table relayer.renewals (
  character_id bigint not null,
  account text not null,
  ended bigint not null,
  -- `Sent`, `Renewed`, or why it could not be renewed, as `RenewalStatus` names it.
  status text not null,
  tries integer not null,
  -- Chain time from when on it is tried again; null: not any more.
  next_try bigint,
  transaction_id integer,
  price bigint,
  updated_at timestamptz not null,
  primary key (character_id, account, ended)
);
create index renewals_updated on relayer.renewals (updated_at);
create index renewals_sent on relayer.renewals (transaction_id) where status = 'Sent';

-- Who was ever put on a private character's allow list: candidates, the chain decides.
create table relayer.circles (
  character_id bigint not null,
  account text not null,
  primary key (account, character_id)
);
