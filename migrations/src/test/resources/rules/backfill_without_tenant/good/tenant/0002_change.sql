--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
-- tenantry: enter
update desk_orders set note = 'none' where note is null;
--rollback empty
