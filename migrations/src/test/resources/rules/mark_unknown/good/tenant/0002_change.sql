--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
-- tenantry: incompatible: code without it reads symbol
-- tenantry: allow drops_mapped: no version that runs reads symbol, see the notes of 1.2
alter table desk_orders drop column symbol;
--rollback empty
