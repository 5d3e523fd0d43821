-- What is held is found by its whole key among what is held. By the instance alone, concluding a batch read every request
-- that was ever served, since nothing tells the planner of an embedded database how many there are.
drop index relayer.requests_reserved;
create index requests_reserved on relayer.requests (operator, tab_id, id) where status = 'reserved';
