--liquibase formatted sql

--changeset tenantry:tenant-0001-desk-orders splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table desk_orders (
  tenant_id uuid not null,
  id uuid not null,
  symbol text not null,
  note text,
  placed_at timestamptz not null default now(),
  constraint desk_orders_pkey primary key (tenant_id, id)
);
comment on table desk_orders is 'A table';
comment on column desk_orders.tenant_id is 'A column';
comment on column desk_orders.id is 'A column';
comment on column desk_orders.symbol is 'A column';
comment on column desk_orders.note is 'A column';
comment on column desk_orders.placed_at is 'A column';
--rollback drop table desk_orders;

--changeset tenantry:tenant-0001-desk-fills splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table desk_fills (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  constraint desk_fills_pkey primary key (tenant_id, id)
);
comment on table desk_fills is 'A table';
comment on column desk_fills.tenant_id is 'A column';
comment on column desk_fills.id is 'A column';
comment on column desk_fills.order_id is 'A column';
--rollback drop table desk_fills;
