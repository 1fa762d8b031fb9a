--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table tenantry_api.research_reports no force row level security;
create policy everybody on tenantry_api.research_reports using (true);
--rollback empty
