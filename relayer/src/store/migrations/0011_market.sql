-- Files that works are delivered from: each is one depositor's, whatever others may deposit of the same bytes.
create table relayer.deposits (
  operator text not null,
  -- keccak256 of the file.
  content_hash text not null,
  depositor text not null,
  modality text not null,
  -- CID of the encrypted file, and what it is once opened.
  file jsonb not null,
  -- What anyone may see of it, on IPFS in the clear.
  preview jsonb not null,
  poster jsonb,
  provenance jsonb,
  -- The generation that it was made of; null of a file that was brought along.
  generation text,
  -- The file's key, encrypted.
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  created_at timestamptz not null,
  primary key (operator, content_hash, depositor)
);
create index deposits_depositor on relayer.deposits (operator, depositor, created_at desc);
