create table relayer.facts (key text primary key, value text not null);

create table relayer.instances (id text primary key, "seen_at" timestamptz not null);

create table relayer.tabs (
  operator text not null,
  tab_id bigint not null,
  payer text not null,
  session_key text not null,
  previous_key text not null,
  previous_key_until bigint not null,
  cap bigint not null,
  spent bigint not null,
  expiry bigint not null,
  closing boolean not null,
  closed boolean not null,
  chain_block bigint not null,
  exposure_limit bigint not null,
  base bigint not null,
  sealed_sequence bigint not null,
  cumulative bigint not null,
  signed bigint not null,
  reserved bigint not null check (reserved >= 0),
  in_flight integer not null check (in_flight >= 0),
  lines jsonb not null,
  head text not null,
  sequence bigint not null,
  close_total bigint,
  close_signature text,
  primary key (operator, tab_id),
  check (base <= signed and signed <= cumulative)
);
create index tabs_payer on relayer.tabs (operator, payer);
create index tabs_unsealed on relayer.tabs (operator, tab_id) where signed > base;

create table relayer.requests (
  operator text not null,
  tab_id bigint not null,
  id text not null,
  body_hash text not null,
  character_id bigint not null,
  terms_version bigint not null,
  max_cost bigint not null,
  deadline bigint not null,
  signature text not null,
  struct_hash text not null,
  status text not null check (status in ('reserved', 'served', 'failed')),
  reserved bigint not null,
  instance text not null,
  admitted_at bigint not null,
  sequence bigint,
  position bigint,
  error_code text,
  error_message text,
  answer bytea,
  created_at timestamptz not null default now(),
  primary key (operator, tab_id, id)
);
create index requests_reserved on relayer.requests (instance) where status = 'reserved';
create index requests_failed on relayer.requests (operator, tab_id, position) where status = 'failed';
create index requests_answered on relayer.requests (created_at) where answer is not null;

create table relayer.receipts (
  operator text not null,
  tab_id bigint not null,
  sequence bigint not null,
  request_id text not null,
  request text not null,
  response text not null,
  character_id bigint not null,
  terms_version bigint not null,
  milliunits bigint not null,
  quality integer not null,
  amount bigint not null,
  fee bigint not null,
  served_at bigint not null,
  previous text not null,
  hash text not null,
  cumulative bigint not null,
  signature text not null,
  primary key (operator, tab_id, sequence)
);
create unique index receipts_hash on relayer.receipts (operator, tab_id, hash);

create table relayer.vouchers (
  operator text not null,
  tab_id bigint not null,
  base bigint not null,
  cumulative bigint not null,
  lines jsonb not null,
  lines_hash text not null,
  receipts text not null,
  sequence bigint not null,
  signature text not null,
  signer text not null,
  first_at bigint not null,
  primary key (operator, tab_id, base)
);

create table relayer.seals (
  number serial primary key,
  operator text not null,
  tab_id bigint not null,
  base bigint not null,
  cumulative bigint not null,
  lines jsonb not null,
  lines_hash text not null,
  receipts text not null,
  signature text not null,
  seal_signature text not null,
  status text not null check (status in ('sealed', 'sent', 'mined', 'final', 'refused')),
  transaction_id integer,
  reason text,
  sealed_at bigint not null
);
create unique index seals_one_per_base on relayer.seals (operator, tab_id, base);
create index seals_open on relayer.seals (operator, status) where status <> 'final';
create index seals_transaction on relayer.seals (transaction_id);

create table relayer.transactions (
  id serial primary key,
  sender text not null,
  nonce integer not null,
  "to" text not null,
  data text not null,
  gas bigint not null,
  description text not null,
  status text not null check (status in ('sent', 'mined', 'final', 'reverted', 'replaced')),
  attempts jsonb not null,
  hash text,
  block_number bigint,
  block_hash text,
  sent_at timestamptz not null
);
create unique index transactions_nonce on relayer.transactions (sender, nonce) where status <> 'replaced';
