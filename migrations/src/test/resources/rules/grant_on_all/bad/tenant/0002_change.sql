--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
do $access$
begin
  execute format('grant select on all tables in schema %I to %I', current_schema(), 'app_' || current_schema());
end
$access$;
--rollback empty
