--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
copy (select 1) to '/tmp/one.csv';
--rollback empty
