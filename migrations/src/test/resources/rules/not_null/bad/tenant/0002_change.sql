--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_orders add column venue text not null;
comment on column desk_orders.venue is 'A column';
alter table desk_orders alter column note set not null;
--rollback empty
