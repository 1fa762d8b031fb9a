--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
-- tenantry: allow drops_mapped: no version that runs reads symbol
alter table desk_orders drop column symbol;
--rollback empty
