--liquibase formatted sql

--changeset tenantry:tenant-0004-audit-events splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The tenant's audit
create table audit_events (
  tenant_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id uuid not null,
  request_id text,
  before jsonb,
  after jsonb,
  constraint audit_events_pkey primary key (tenant_id, id),
  constraint audit_events_action_check check (action ~ '^[a-z_]+\.[a-z_]+$'),
  constraint audit_events_before_check check (jsonb_typeof(before) = 'object'),
  constraint audit_events_after_check check (jsonb_typeof(after) = 'object')
);
create index audit_events_time_idx on audit_events (tenant_id, occurred_at desc, id desc);
create index audit_events_subject_idx on audit_events (tenant_id, subject_id, occurred_at desc, id desc);
comment on table audit_events is 'Who did what to the tenant''s data; append-only, written in the transaction it describes';
comment on column audit_events.tenant_id is 'The tenant it belongs to';
comment on column audit_events.id is 'UUIDv7';
comment on column audit_events.occurred_at is 'When';
comment on column audit_events.actor is 'Who: the subject of the token, or a worker';
comment on column audit_events.action is 'What, such as order.place';
comment on column audit_events.subject_type is 'To what kind of thing';
comment on column audit_events.subject_id is 'To which one';
comment on column audit_events.request_id is 'In which request; null: no request asked for it';
comment on column audit_events.before is 'It before, whole, as the API answers it; null: there was none';
comment on column audit_events.after is 'It after, whole, as the API answers it; null: there is none';
--rollback drop table audit_events;

--changeset tenantry:tenant-0004-audit-events-append-only splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Nobody changes what was written, not even the owner by mistake
-- The function is the platform's: one for all tenants, executable by nobody but its owner, since
-- firing a trigger needs no right on its function.
create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function tenantry_control.refuse_change();
--rollback drop trigger audit_events_append_only on audit_events;
