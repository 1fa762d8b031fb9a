--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table desk_archive (like desk_orders including all);
comment on table desk_archive is 'A table';
create table desk_old as select tenant_id, id from desk_orders;
comment on table desk_old is 'A table';
create table desk_older with (fillfactor = 90) as select tenant_id, id from desk_orders;
comment on table desk_older is 'A table';
create table desk_oldest () inherits (desk_orders);
comment on table desk_oldest is 'A table';
create table desk_typed of desk_row;
comment on table desk_typed is 'A table';
do $$
begin
  execute 'create unlogged table desk_built as table desk_orders';
end
$$;
comment on table desk_built is 'A table';
--rollback empty
