--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
grant select on tenantry_api.research_reports to tenantry_reader;
--rollback empty
