-- When the work of each requester last began: whose turn is next.
create index generations_turn on relayer.generations (requester, started_at desc);
