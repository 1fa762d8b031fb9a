--liquibase formatted sql

--changeset tenantry:access-tenant-0001-desk-orders splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_orders enable row level security;
alter table desk_orders force row level security;
create policy tenant_isolation on desk_orders
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
alter table desk_fills enable row level security;
alter table desk_fills force row level security;
create policy tenant_isolation on desk_fills
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
--rollback drop policy tenant_isolation on desk_fills;
--rollback drop policy tenant_isolation on desk_orders;
