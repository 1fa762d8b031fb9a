--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
do $change$
begin
  if to_regclass('desk_orders') is null then
    raise exception 'no orders';
  end if;
end
$change$;
--rollback empty
