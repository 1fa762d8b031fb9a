--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
do $access$
begin
  execute format('grant select on desk_orders to %I', 'app_' || current_schema());
end
$access$;
--rollback empty
