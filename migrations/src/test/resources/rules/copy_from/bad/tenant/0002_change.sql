--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
copy desk_orders (tenant_id, id) from '/tmp/orders.csv';
--rollback empty
