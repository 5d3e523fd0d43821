-- Why a tab is served no more: the chain refused one of its seals, and nothing after that one can be settled.
alter table relayer.tabs add column broken text;

update relayer.tabs t set broken = s.reason
from (select distinct on (operator, tab_id) operator, tab_id, coalesce(reason, 'missing') as reason
  from relayer.seals where status = 'refused' order by operator, tab_id, number) s
where t.operator = s.operator and t.tab_id = s.tab_id;

-- Seals that wait after a refused one start from where the chain never comes to.
update relayer.seals s set status = 'refused', reason = 'follows a refused one'
where s.status = 'sealed' and exists (select from relayer.seals r where r.operator = s.operator
  and r.tab_id = s.tab_id and r.status = 'refused' and r.number < s.number);
