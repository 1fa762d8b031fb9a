--liquibase formatted sql

--changeset tenantry:tenant-0002-desk-orders splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The blotter's orders
-- numeric takes NaN and counts it above every number: each amount says that it is not.
create table desk_orders (
  tenant_id uuid not null,
  id uuid not null,
  client_order_id text,
  symbol text not null,
  side text not null,
  order_type text not null,
  quantity numeric(38,18) not null,
  limit_price numeric(38,18),
  stop_price numeric(38,18),
  time_in_force text not null default 'GTC',
  status text not null default 'NEW',
  strategy text,
  placed_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version int not null default 0,
  constraint desk_orders_pkey primary key (tenant_id, id),
  constraint desk_orders_client_order_id_key unique (tenant_id, client_order_id),
  constraint desk_orders_client_order_id_check check (length(client_order_id) between 1 and 64),
  constraint desk_orders_symbol_check check (length(symbol) between 1 and 32),
  constraint desk_orders_side_check check (side in ('BUY', 'SELL')),
  constraint desk_orders_order_type_check check (order_type in ('MARKET', 'LIMIT', 'STOP', 'STOP_LIMIT')),
  constraint desk_orders_quantity_check check (quantity > 0 and quantity <> 'NaN'),
  constraint desk_orders_limit_price_check check (
    (limit_price > 0 and limit_price <> 'NaN') or (limit_price is null and order_type not in ('LIMIT', 'STOP_LIMIT'))),
  constraint desk_orders_stop_price_check check (
    (stop_price > 0 and stop_price <> 'NaN') or (stop_price is null and order_type not in ('STOP', 'STOP_LIMIT'))),
  constraint desk_orders_time_in_force_check check (time_in_force in ('GTC', 'DAY', 'IOC', 'FOK')),
  constraint desk_orders_status_check check (
    status in ('NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED')),
  constraint desk_orders_strategy_check check (length(strategy) between 1 and 64)
);
create index desk_orders_time_idx on desk_orders (tenant_id, placed_at desc, id desc);
comment on table desk_orders is 'Orders of the desk';
comment on column desk_orders.tenant_id is 'The tenant it belongs to';
comment on column desk_orders.id is 'UUIDv7';
comment on column desk_orders.client_order_id is 'The desk''s own id, unique per tenant; null: it gave none';
comment on column desk_orders.symbol is 'The instrument';
comment on column desk_orders.side is 'BUY or SELL';
comment on column desk_orders.order_type is 'MARKET, LIMIT, STOP or STOP_LIMIT';
comment on column desk_orders.quantity is 'How much, above 0';
comment on column desk_orders.limit_price is 'Worst price; LIMIT and STOP_LIMIT have one';
comment on column desk_orders.stop_price is 'Trigger; STOP and STOP_LIMIT have one';
comment on column desk_orders.time_in_force is 'GTC, DAY, IOC or FOK';
comment on column desk_orders.status is 'NEW, PARTIALLY_FILLED, FILLED, CANCELLED or REJECTED';
comment on column desk_orders.strategy is 'The strategy that placed it';
comment on column desk_orders.placed_at is 'When it was placed';
comment on column desk_orders.updated_at is 'When it was last changed';
comment on column desk_orders.version is 'Counts changes; the ETag';
--rollback drop table desk_orders;
