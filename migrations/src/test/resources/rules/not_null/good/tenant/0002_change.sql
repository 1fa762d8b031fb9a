--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_orders add column venue text not null default 'XETR';
comment on column desk_orders.venue is 'A column';
alter table desk_orders add constraint desk_orders_note_check check (note is not null) not valid;
alter table desk_orders validate constraint desk_orders_note_check;
alter table desk_orders alter column note set not null;
--rollback empty
