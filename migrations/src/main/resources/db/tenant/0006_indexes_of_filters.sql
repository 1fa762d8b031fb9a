--liquibase formatted sql

--changeset tenantry:tenant-0006-indexes-of-filters splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A filter with few matches finds them without reading all that is newer
create index desk_orders_symbol_idx on desk_orders (tenant_id, symbol, placed_at desc, id desc);
create index desk_orders_status_idx on desk_orders (tenant_id, status, placed_at desc, id desc);
create index audit_events_action_idx on audit_events (tenant_id, action, occurred_at desc, id desc);
--rollback drop index audit_events_action_idx;
--rollback drop index desk_orders_status_idx;
--rollback drop index desk_orders_symbol_idx;
