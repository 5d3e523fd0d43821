-- The buckets of limits a minute that several processes share. Not logged: after a crash they are full again, and writing
-- them costs next to nothing. Keys are keyed hashes.
create unlogged table relayer.rate_buckets (
  name text not null,
  key text not null,
  per_minute double precision not null,
  tokens double precision not null,
  at timestamptz not null,
  primary key (name, key)
);
create index rate_buckets_at on relayer.rate_buckets (at);
