-- Accounts that spoke for themselves here, and what they chose.
create table relayer.accounts (
  account text primary key,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  daily_limit bigint check (daily_limit >= 0),
  muted jsonb not null default '[]'
);
create index accounts_limited on relayer.accounts (account) where daily_limit is not null;

-- Cards of private characters, encrypted; which upload a character's URI stands for.
create table relayer.cards (
  uri text not null,
  uploader text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  uploaded_at timestamptz not null,
  primary key (uri, uploader)
);
create table relayer.card_bindings (
  character_id bigint not null,
  uri text not null,
  uploader text not null,
  primary key (character_id, uri)
);

-- Files a character's owner gave it to know: name, type and passages, encrypted.
create table relayer.knowledge_files (
  id uuid primary key,
  character_id bigint not null,
  owner text not null,
  size integer not null,
  passages integer not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  added_at timestamptz not null
);
create index knowledge_files_character on relayer.knowledge_files (character_id, owner);

-- What changed of a character, and since when which engine answers here. `source` keeps each change single.
create table relayer.character_changes (
  id bigint generated always as identity primary key,
  character_id bigint not null,
  kind text not null,
  at bigint not null,
  source text not null unique
);
create index character_changes_character on relayer.character_changes (character_id, at, id);
create table relayer.engines (
  id bigint generated always as identity primary key,
  engine text not null,
  at bigint not null
);

-- When an account last talked to a character.
create table relayer.talks (
  character_id bigint not null,
  account text not null,
  last_at timestamptz not null,
  primary key (character_id, account)
);
create index talks_time on relayer.talks (last_at);
create index talks_account on relayer.talks (account);

create table relayer.profiles (
  account text primary key,
  name text not null,
  bio text not null,
  picture text,
  links jsonb not null,
  -- What the name looks like, and since when the account has a name that looks like this.
  skeleton text not null,
  named_at timestamptz not null,
  updated_at timestamptz not null
);
create index profiles_skeleton on relayer.profiles (skeleton, named_at);

create table relayer.follows (
  follower text not null,
  followed text not null,
  since timestamptz not null,
  primary key (follower, followed)
);
create index follows_followed on relayer.follows (followed);

create table relayer.notifications (
  id bigint generated always as identity primary key,
  account text not null,
  kind text not null,
  character_id bigint,
  data jsonb not null,
  at timestamptz not null,
  is_read boolean not null default false,
  -- What it came of: written once for each account, and taken back with it.
  source text not null,
  -- Whether push and mail are done with it.
  is_sent boolean not null default false,
  unique (account, source)
);
create index notifications_feed on relayer.notifications (account, id);
create index notifications_source on relayer.notifications (source);
create index notifications_unsent on relayer.notifications (id) where not is_sent;
create index notifications_time on relayer.notifications (at);

-- Events of blocks that may still go back, and what of them must be undone by more than their source.
create table relayer.chain_events (
  source text primary key,
  block_number bigint not null,
  block_hash text not null,
  payout jsonb
);
create index chain_events_block on relayer.chain_events (block_number);

create table relayer.push_subscriptions (
  endpoint_hash text primary key,
  account text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  created_at timestamptz not null
);
create index push_subscriptions_account on relayer.push_subscriptions (account);

create table relayer.mail_addresses (
  account text primary key,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  is_confirmed boolean not null,
  -- Of the link that confirms it.
  token_hash text,
  token_expires_at timestamptz
);
create unique index mail_addresses_token on relayer.mail_addresses (token_hash);

-- Keys the operator made for itself, encrypted.
create table relayer.secrets (
  name text primary key,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null
);

-- Conversations that only their owner can read.
create table relayer.history (
  account text not null,
  id text not null,
  version integer not null,
  data bytea not null,
  size integer not null,
  updated_at timestamptz not null,
  primary key (account, id)
);
