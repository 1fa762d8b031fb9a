--liquibase formatted sql

--changeset tenantry:platform-0004-audit-events splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The platform's audit
create table tenantry_control.audit_events (
  id uuid not null,
  occurred_at timestamptz not null default now(),
  actor text not null,
  action text not null,
  tenant_id uuid,
  request_id text,
  before jsonb,
  after jsonb,
  constraint audit_events_pkey primary key (id)
);
create index audit_events_time_idx on tenantry_control.audit_events (occurred_at desc, id desc);
create index audit_events_tenant_idx on tenantry_control.audit_events (tenant_id, occurred_at desc, id desc);
comment on table tenantry_control.audit_events is 'Who did what to the platform; append-only, written in the transaction it describes';
comment on column tenantry_control.audit_events.id is 'UUIDv7';
comment on column tenantry_control.audit_events.occurred_at is 'When';
comment on column tenantry_control.audit_events.actor is 'Who';
comment on column tenantry_control.audit_events.action is 'What, such as tenant.create';
comment on column tenantry_control.audit_events.tenant_id is 'To which tenant; null: to the platform';
comment on column tenantry_control.audit_events.request_id is 'In which request';
comment on column tenantry_control.audit_events.before is 'The row before; null: there was none';
comment on column tenantry_control.audit_events.after is 'The row after; null: there is none';
--rollback drop table tenantry_control.audit_events;

--changeset tenantry:platform-0004-audit-events-append-only splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Nobody changes what was written, not even the owner by mistake
create function tenantry_control.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '42501';
end
$trigger$;
comment on function tenantry_control.refuse_change() is 'Refuses every change of what was written';
create trigger audit_events_append_only before update or delete or truncate on tenantry_control.audit_events
  for each statement execute function tenantry_control.refuse_change();
--rollback drop trigger audit_events_append_only on tenantry_control.audit_events;
--rollback drop function tenantry_control.refuse_change();
