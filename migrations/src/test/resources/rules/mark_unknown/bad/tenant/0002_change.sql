--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
-- tenantry: allow drops_mapped
-- tenantry: allow id_twice: no reason helps here
-- tenantry: entering
comment on table desk_orders is 'Orders';
--rollback empty
