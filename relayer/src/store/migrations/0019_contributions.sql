-- What people tell the operator, and what came of it.
create table relayer.feedback (
  id uuid primary key,
  account text not null,
  text text not null,
  about text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined')),
  note text,
  sent_at timestamptz not null,
  decided_at timestamptz,
  decided_by text
);
create index feedback_account on relayer.feedback (account, sent_at);
create index feedback_queue on relayer.feedback (state, sent_at, id);

-- What people show around: a page with a picture, for everyone who has its address.
create table relayer.shares (
  id text primary key,
  operator text not null,
  account text not null,
  kind text not null check (kind in ('generation', 'work', 'character')),
  subject text not null,
  shared_at timestamptz not null,
  unique (operator, account, kind, subject)
);

-- Deeds that the contribution campaign's signer vouched for: one account each, ever.
create table relayer.grants (
  deed text primary key,
  campaign_id bigint not null,
  account text not null,
  kind text not null check (kind in ('review', 'share', 'feedback')),
  subject text not null,
  amount bigint not null,
  deadline bigint not null,
  signature text not null,
  signed_at timestamptz not null
);
create index grants_account on relayer.grants (account);
