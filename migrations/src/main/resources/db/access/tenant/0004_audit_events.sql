--liquibase formatted sql

--changeset tenantry:access-tenant-0004-audit-events splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: append-only
alter table audit_events enable row level security;
alter table audit_events force row level security;
create policy tenant_isolation on audit_events
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
do $access$
begin
  execute format('grant select, insert on audit_events to %I', 'app_' || current_schema());
end
$access$;
--rollback do $access$
--rollback begin
--rollback   execute format('revoke all on audit_events from %I', 'app_' || current_schema());
--rollback end
--rollback $access$;
--rollback drop policy tenant_isolation on audit_events;
--rollback alter table audit_events no force row level security;
--rollback alter table audit_events disable row level security;
