--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create index concurrently desk_orders_note_idx on desk_orders (tenant_id, note);
--rollback drop index desk_orders_note_idx;

--changeset tenantry:tenant-0002-more splitStatements:false rollbackSplitStatements:false stripComments:false runInTransaction:false
--comment: A change
comment on table desk_orders is 'Orders';
--rollback empty
