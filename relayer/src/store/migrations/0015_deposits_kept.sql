-- Until when a deposit is kept that no work on the chain names; one that is named is looked at again then.
alter table relayer.deposits add column kept_until timestamptz not null default now() + interval '30 days';
alter table relayer.deposits alter column kept_until drop default;
create index deposits_kept on relayer.deposits (operator, kept_until);
