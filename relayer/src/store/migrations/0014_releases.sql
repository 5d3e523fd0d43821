-- When a licence's file could first be opened, and by whom: what a dispute is decided by. `at` is chain time, Unix seconds;
-- the account is forgotten when it asks for that.
create table relayer.releases (
  operator text not null,
  licence_id bigint not null,
  account text,
  at bigint not null,
  primary key (operator, licence_id)
);
create index releases_account on relayer.releases (account);

