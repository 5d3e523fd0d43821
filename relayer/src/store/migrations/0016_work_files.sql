-- The files that works on the chain were created of, and by whom: what is read of the chain is kept, and read on from there.
create table relayer.work_files (
  creator text not null,
  -- keccak256 of the file.
  content_hash text not null,
  primary key (creator, content_hash)
);
