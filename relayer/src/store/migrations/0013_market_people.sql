-- What concerns people of works: notifications name the work they are about.
alter table relayer.notifications add column work_id bigint;

-- Reports are about a character or a work, or about an account's review of it, and moderators close them.
alter table relayer.reports
  alter column character_id drop not null,
  add column work_id bigint,
  add column review_by text,
  add column state text not null default 'open' check (state in ('open', 'dismissed', 'acted')),
  add column closed_by text,
  add column closed_at timestamptz,
  add column note text,
  add constraint reports_subject check ((character_id is null) <> (work_id is null));
create index reports_work on relayer.reports (work_id);
create index reports_queue on relayer.reports (state, reported_at, id);

-- Who finds which reviews helpful; `subject` is what they are of: `character:7`, `work:12`.
create table relayer.votes (
  subject text not null,
  author text not null,
  voter text not null,
  voted_at timestamptz not null,
  primary key (subject, author, voter)
);
create index votes_voter on relayer.votes (voter);
