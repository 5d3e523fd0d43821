-- How much of a tab's cap was bonus credits at its opening: they are spent first, and on nothing of the payer's own.
alter table relayer.tabs add column bonus bigint not null default 0;

-- When the operator sponsored an opening without its fee (chain time): once in 30 days for an account.
alter table relayer.sponsored add column free_at bigint;
