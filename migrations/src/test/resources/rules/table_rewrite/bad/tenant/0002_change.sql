--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_orders alter column note type varchar(20);
alter table desk_orders add column twin uuid default gen_random_uuid();
comment on column desk_orders.twin is 'A column';
--rollback empty
