-- Single payments by x402: one row for each authorization, named by payer (lower-case) and nonce, from before anything is
-- done for it. What it pays for is fixed with the row.
create table relayer.x402_payments (
  operator text not null,
  payer text not null,
  nonce text not null,
  -- What it pays for: `chat`, `media`, `pass`, or `own`: something the operator sells elsewhere.
  purpose text not null,
  -- keccak256 of the request, null of `own`; and SHA-256 of the header it came with, which nobody else knows.
  request text,
  header text not null,
  -- What is signed: in wei of STELAI, as decimal strings; times of the chain.
  value text not null,
  valid_after bigint not null,
  valid_before bigint not null,
  signature text not null,
  lines jsonb not null,
  pass_of bigint not null,
  status text not null,
  -- The process that answers it now; null while none does.
  instance text,
  -- How often its answer was begun.
  tries integer not null default 1,
  -- The transaction that settles it, in the operator's queue, and its hash once it is mined.
  transaction_id integer,
  transaction text,
  -- `settle`, or `distribute` when somebody else had sent the authorization.
  by text,
  reason text,
  usage jsonb,
  -- The answer, encrypted, until `ANSWER_RETENTION_SECONDS` have passed.
  answer bytea,
  created_at timestamptz not null default now(),
  primary key (operator, payer, nonce)
);
create index x402_payments_status on relayer.x402_payments (status) where status in ('held', 'sent');
create index x402_payments_answers on relayer.x402_payments (created_at) where answer is not null;
create index x402_payments_transaction on relayer.x402_payments (transaction_id);

-- The nonce of the payment that a generation is paid by; the payer is its account.
alter table relayer.generations add column payment text;
