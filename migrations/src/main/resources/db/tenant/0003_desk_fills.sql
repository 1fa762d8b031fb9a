--liquibase formatted sql

--changeset tenantry:tenant-0003-desk-orders-filled splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: How far an order is filled, kept with it so that one lock guards it
alter table desk_orders
  add column filled_quantity numeric(38,18) not null default 0,
  -- Two factors of 18 digits after the point: the sum is exact, only the average is rounded.
  add column filled_notional numeric(76,36) not null default 0,
  add constraint desk_orders_filled_quantity_check check (filled_quantity >= 0 and filled_quantity <= quantity),
  add constraint desk_orders_filled_notional_check check (
    filled_notional >= 0 and filled_notional <> 'NaN' and (filled_notional > 0) = (filled_quantity > 0)),
  add constraint desk_orders_status_follows_fills_check check (
    case status
      when 'PARTIALLY_FILLED' then filled_quantity > 0 and filled_quantity < quantity
      when 'FILLED' then filled_quantity = quantity
      when 'CANCELLED' then filled_quantity < quantity
      else filled_quantity = 0
    end);
comment on column desk_orders.filled_quantity is 'Sum of the quantities of its fills, at most its quantity';
comment on column desk_orders.filled_notional is 'Sum of price times quantity of its fills';
--rollback alter table desk_orders
--rollback   drop constraint desk_orders_status_follows_fills_check,
--rollback   drop constraint desk_orders_filled_notional_check,
--rollback   drop constraint desk_orders_filled_quantity_check,
--rollback   drop column filled_notional,
--rollback   drop column filled_quantity;

--changeset tenantry:tenant-0003-desk-fills splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The blotter's fills
create table desk_fills (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  venue_fill_id text not null,
  price numeric(38,18) not null,
  quantity numeric(38,18) not null,
  fee numeric(38,18),
  fee_currency text,
  liquidity text,
  filled_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  constraint desk_fills_pkey primary key (tenant_id, id),
  constraint desk_fills_venue_fill_id_key unique (tenant_id, venue_fill_id),
  constraint desk_fills_order_id_fkey foreign key (tenant_id, order_id) references desk_orders (tenant_id, id),
  constraint desk_fills_venue_fill_id_check check (length(venue_fill_id) between 1 and 100),
  constraint desk_fills_price_check check (price > 0 and price <> 'NaN'),
  constraint desk_fills_quantity_check check (quantity > 0 and quantity <> 'NaN'),
  constraint desk_fills_fee_check check (fee <> 'NaN' and (fee is null) = (fee_currency is null)),
  constraint desk_fills_fee_currency_check check (length(fee_currency) between 1 and 16),
  constraint desk_fills_liquidity_check check (liquidity in ('MAKER', 'TAKER'))
);
create index desk_fills_order_idx on desk_fills (tenant_id, order_id, filled_at desc, id desc);
comment on table desk_fills is 'Fills of the desk''s orders, never changed once written';
comment on column desk_fills.tenant_id is 'The tenant it belongs to';
comment on column desk_fills.id is 'UUIDv7';
comment on column desk_fills.order_id is 'The order that was filled';
comment on column desk_fills.venue_fill_id is 'The venue''s id, unique per tenant: a fill that is sent twice counts once';
comment on column desk_fills.price is 'At which price, above 0';
comment on column desk_fills.quantity is 'How much, above 0';
comment on column desk_fills.fee is 'What the venue took; below 0: what it paid; null: not said';
comment on column desk_fills.fee_currency is 'Currency of the fee; null where there is none';
comment on column desk_fills.liquidity is 'MAKER or TAKER; null: not said';
comment on column desk_fills.filled_at is 'When, by the venue';
comment on column desk_fills.recorded_at is 'When it was recorded here';
--rollback drop table desk_fills;
