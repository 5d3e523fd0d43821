-- Since when a process has said without a gap that it lives: after one, as when the database was away, it judges nobody until
-- the others have had time to say so too.
alter table relayer.instances add column since timestamptz not null default '-infinity';
