--liquibase formatted sql

--changeset tenantry:access-platform-0001-research-reports splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table tenantry_api.research_reports enable row level security;
alter table tenantry_api.research_reports force row level security;
create policy tenant_isolation on tenantry_api.research_reports
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
--rollback drop policy tenant_isolation on tenantry_api.research_reports;
