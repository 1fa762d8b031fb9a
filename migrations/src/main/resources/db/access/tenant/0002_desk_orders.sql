--liquibase formatted sql

--changeset tenantry:access-tenant-0002-desk-orders splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: mutable
alter table desk_orders enable row level security;
alter table desk_orders force row level security;
create policy tenant_isolation on desk_orders
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
do $access$
begin
  execute format('grant select, insert, update, delete on desk_orders to %I', 'app_' || current_schema());
end
$access$;
--rollback do $access$
--rollback begin
--rollback   execute format('revoke all on desk_orders from %I', 'app_' || current_schema());
--rollback end
--rollback $access$;
--rollback drop policy tenant_isolation on desk_orders;
--rollback alter table desk_orders no force row level security;
--rollback alter table desk_orders disable row level security;
