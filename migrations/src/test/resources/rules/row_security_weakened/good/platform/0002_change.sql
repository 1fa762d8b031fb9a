--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
drop policy tenant_isolation on tenantry_api.research_reports;
create policy tenant_isolation on tenantry_api.research_reports
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
--rollback empty
