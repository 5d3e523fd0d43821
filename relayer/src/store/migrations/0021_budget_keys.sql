-- Keys for clients that can send nothing but a bearer token. Each stands for a tab whose session key is held here.
create table relayer.budget_keys (
  id uuid primary key,
  operator text not null,
  account text not null,
  name text not null,
  -- SHA-256 of the key, which is kept nowhere, and its first characters.
  key_hash text not null unique,
  prefix text not null,
  -- The session key's address, lower-case, and the key itself, sealed under the master key.
  session_address text not null unique,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  -- The tab that was opened for it by the account.
  tab_id bigint,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  unique (operator, tab_id)
);
create index budget_keys_account on relayer.budget_keys (account, created_at);

-- The session key's address (lower-case) if this operator holds that key: while it is the one in force, the operator signs
-- for what is charged itself, so that nothing stays unsigned.
alter table relayer.tabs add column held_key text;
