--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
set role tenantry_owner;
commit;
select set_config('search_path', 'public', false);
--rollback empty
