--liquibase formatted sql

--changeset tenantry:access-platform-0002-api-schema splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Tenants and readers may look into the shared schema
grant usage on schema tenantry_api to tenantry_tenant, tenantry_reader;
--rollback revoke all on schema tenantry_api from tenantry_tenant, tenantry_reader;

--changeset tenantry:access-platform-0002-api-isolation-probes splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: read; the row of a tenant is written by the owner, once
alter table tenantry_api.api_isolation_probes enable row level security;
alter table tenantry_api.api_isolation_probes force row level security;
create policy tenant_isolation on tenantry_api.api_isolation_probes
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
grant select on tenantry_api.api_isolation_probes to tenantry_tenant, tenantry_reader;
--rollback revoke all on tenantry_api.api_isolation_probes from tenantry_tenant, tenantry_reader;
--rollback drop policy tenant_isolation on tenantry_api.api_isolation_probes;
--rollback alter table tenantry_api.api_isolation_probes no force row level security;
--rollback alter table tenantry_api.api_isolation_probes disable row level security;

--changeset tenantry:access-platform-0002-research-reports splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: mutable
alter table tenantry_api.research_reports enable row level security;
alter table tenantry_api.research_reports force row level security;
create policy tenant_isolation on tenantry_api.research_reports
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
grant select, insert, update, delete on tenantry_api.research_reports to tenantry_tenant;
grant select on tenantry_api.research_reports to tenantry_reader;
--rollback revoke all on tenantry_api.research_reports from tenantry_tenant, tenantry_reader;
--rollback drop policy tenant_isolation on tenantry_api.research_reports;
--rollback alter table tenantry_api.research_reports no force row level security;
--rollback alter table tenantry_api.research_reports disable row level security;
