create table relayer.sign_in_nonces (nonce text primary key, expires_at timestamptz not null);
create index sign_in_nonces_expiry on relayer.sign_in_nonces (expires_at);

create table relayer.sign_in_sessions (
  token_hash text primary key,
  account text not null,
  expires_at timestamptz not null
);
create index sign_in_sessions_expiry on relayer.sign_in_sessions (expires_at);

create table relayer.personas (
  persona_hash text not null,
  uploader text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  uploaded_at timestamptz not null,
  primary key (persona_hash, uploader)
);

create table relayer.persona_bindings (
  character_id bigint not null,
  persona_hash text not null,
  uploader text not null,
  primary key (character_id, persona_hash)
);

create table relayer.reports (
  id uuid primary key,
  character_id bigint not null,
  reason text not null,
  details text not null,
  excerpt text,
  reporter text,
  reported_at timestamptz not null
);
create index reports_time on relayer.reports (reported_at, id);
create index reports_character on relayer.reports (character_id);

create table relayer.blocks (subject text primary key, reason text not null, blocked_at timestamptz not null);

create table relayer.quotas (
  scope text not null,
  subject text not null,
  day text not null,
  used bigint not null check (used >= 0),
  primary key (scope, subject, day)
);
create index quotas_day on relayer.quotas (day);

create table relayer.sponsored (
  key text primary key,
  kind text not null,
  account text not null,
  transaction_id integer not null,
  held_gwei bigint,
  day text not null
);
create index sponsored_account on relayer.sponsored (account);
create index sponsored_transaction on relayer.sponsored (transaction_id);
create index sponsored_open on relayer.sponsored (key) where held_gwei is not null;
