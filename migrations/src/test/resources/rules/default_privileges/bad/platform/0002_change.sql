--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter default privileges in schema tenantry_api grant select on tables to tenantry_reader;
--rollback empty
