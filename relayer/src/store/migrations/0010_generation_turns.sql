-- When work for each requester last began: whose turn is next. It outlives the generations themselves, which their owners
-- may delete, and is forgotten after a day.
create table relayer.turns (
  operator text not null,
  requester text not null,
  began_at timestamptz,
  -- How many it cancelled after work on them had begun, in the hour that began then.
  cancels integer not null default 0,
  cancels_since timestamptz,
  primary key (operator, requester)
);
