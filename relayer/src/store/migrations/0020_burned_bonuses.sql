-- The transaction that burns what lapsed of an account, until the chain says something new of it.
alter table relayer.bonuses add column burn_transaction_id integer;
