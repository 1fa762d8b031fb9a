--liquibase formatted sql

--changeset tenantry:access-tenant-0003-desk-fills splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: append-only
alter table desk_fills enable row level security;
alter table desk_fills force row level security;
create policy tenant_isolation on desk_fills
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
do $access$
begin
  execute format('grant select, insert on desk_fills to %I', 'app_' || current_schema());
end
$access$;
--rollback do $access$
--rollback begin
--rollback   execute format('revoke all on desk_fills from %I', 'app_' || current_schema());
--rollback end
--rollback $access$;
--rollback drop policy tenant_isolation on desk_fills;
--rollback alter table desk_fills no force row level security;
--rollback alter table desk_fills disable row level security;
