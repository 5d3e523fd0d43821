-- Images, videos, voiceovers and music on their way, and what came of them: the queue and the record in one.
create table relayer.generations (
  id text primary key,
  -- Whose it is to work on: ids of tabs are each operator's own.
  operator text not null,
  -- Whose turn it takes: an account in lower case, or `ip:` and a hash of an address where nobody pays.
  requester text not null,
  -- Whose it is; null of a free one that nobody was signed in for, which is forgotten soon.
  account text,
  -- The tab that pays, and the payment's idempotency key; or the key that a client named without a payment.
  tab_id bigint,
  request_id text,
  request_key text,
  -- What is held for it, as `Reservation` says, until it ends.
  reservation jsonb,
  -- The pass that it is under, and where the day's use stood.
  pass jsonb,
  character_id bigint not null,
  modality text not null,
  body_hash text not null,
  quote jsonb not null,
  engine jsonb not null,
  settings jsonb not null,
  prompt_hash text not null,
  -- Encrypted: the prompt, and the key of the file and its preview.
  prompt bytea not null,
  file_key bytea,
  file jsonb,
  preview jsonb,
  public_cid text,
  status text not null,
  waits_for text,
  progress integer not null default 0,
  attempts integer not null default 0,
  -- Not before then: between two tries.
  run_after timestamptz not null,
  -- The process that works on it.
  instance text,
  error_code text,
  error_message text,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index generations_open on relayer.generations (operator, run_after) where status in ('queued', 'in_progress');
create index generations_requester on relayer.generations (operator, requester, status);
create index generations_account on relayer.generations (operator, account, created_at desc);
create index generations_tab on relayer.generations (operator, tab_id, created_at desc);
create index generations_character on relayer.generations (character_id);
create unique index generations_payment on relayer.generations (operator, tab_id, request_id) where status <> 'failed' and status <> 'cancelled';
create unique index generations_key on relayer.generations (operator, coalesce(account, requester), request_key) where request_key is not null and status <> 'failed' and status <> 'cancelled';
