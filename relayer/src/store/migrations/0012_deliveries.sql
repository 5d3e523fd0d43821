-- Licences of offers that name this operator as attestor, as the chain has them at its head, and what was done to deliver
-- and to conclude them. Times are chain time, Unix seconds.
create table relayer.deliveries (
  operator text not null,
  licence_id bigint not null,
  offer_id bigint not null,
  work_id bigint not null,
  -- The block of the purchase, and the newest one that spoke of it.
  bought_block bigint not null,
  touched bigint not null,
  -- The block of its delivery, while it is delivered.
  delivered_block bigint,
  -- Must be read from the chain first.
  stale boolean not null,
  status text not null,
  since bigint not null,
  expiry bigint not null,
  -- Why it could not be delivered when that was last tried; tried again from then on.
  problem text,
  tries integer not null default 0,
  next_try bigint,
  -- Transactions that attest and that conclude it, while they may come to something.
  attestation integer,
  conclusion integer,
  conclude_tries integer not null default 0,
  conclude_next bigint,
  updated_at timestamptz not null,
  primary key (operator, licence_id)
);
create index deliveries_open on relayer.deliveries (operator, status, since)
  where status in ('Escrowed', 'Delivered', 'Disputed');
create index deliveries_touched on relayer.deliveries (operator, touched);
create index deliveries_stale on relayer.deliveries (operator) where stale;
create index deliveries_attestation on relayer.deliveries (attestation) where attestation is not null;
create index deliveries_conclusion on relayer.deliveries (conclusion) where conclusion is not null;
