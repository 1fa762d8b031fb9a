--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
comment on table tenant_0f.desk_orders is 'Orders';
create index desk_orders_note_idx on public.desk_orders (tenant_id, note);
alter table other.desk_orders drop column note;
--rollback empty
