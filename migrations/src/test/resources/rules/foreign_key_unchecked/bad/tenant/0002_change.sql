--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
alter table desk_fills
  add constraint desk_fills_order_id_fkey foreign key (tenant_id, order_id)
    references desk_orders (tenant_id, id) not valid;
alter table desk_fills validate constraint desk_fills_order_id_fkey;
--rollback empty
