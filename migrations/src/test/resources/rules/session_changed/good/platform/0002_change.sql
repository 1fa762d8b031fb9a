--liquibase formatted sql

--changeset tenantry:platform-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create function tenantry_control.one() returns int
language sql
set search_path = pg_catalog, pg_temp
as 'select 1';
comment on function tenantry_control.one() is 'One';
--rollback empty
