--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table tenantry_control.tenants drop column tier;
alter table tenantry_api.research_reports rename title to headline;
--rollback empty
