--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_orders add column seen_at timestamptz default now();
comment on column desk_orders.seen_at is 'A column';
alter table desk_orders alter column note set default 'none';
--rollback empty
