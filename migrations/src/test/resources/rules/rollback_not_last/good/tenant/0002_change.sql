--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback comment on table desk_orders is null;
--rollback comment on table desk_fills is 'Fills';
