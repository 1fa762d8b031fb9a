--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false runInTransaction:false
--comment: A change
create index concurrently desk_orders_note_idx on desk_orders (tenant_id, note);
--rollback drop index concurrently desk_orders_note_idx;
