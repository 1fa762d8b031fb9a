--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
do $change$
begin
  update desk_orders set note = 'none' where note is null;
  execute 'delete from desk_fills';
end
$change$;
--rollback empty
