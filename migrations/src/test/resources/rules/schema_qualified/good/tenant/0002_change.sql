--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create trigger desk_orders_append_only before update or delete on desk_orders
  for each statement execute function tenantry_control.refuse_change();
select o.note from desk_orders o where o.tenant_id = tenantry_guard.current_tenant();
--rollback empty
