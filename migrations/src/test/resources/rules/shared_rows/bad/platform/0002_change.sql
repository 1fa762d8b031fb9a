--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
update tenantry_api.research_reports set author = 'unknown' where author is null;
--rollback empty
