--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create index desk_fills_order_idx on desk_fills (tenant_id, order_id);
--rollback empty
