--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table tenantry_api.research_reports no force row level security;
update tenantry_api.research_reports set author = 'unknown' where author is null;
alter table tenantry_api.research_reports force row level security;
--rollback empty
