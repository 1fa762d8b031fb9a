--liquibase formatted sql

--changeset tenantry:access-tenant-0001-schema splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The tenant's role may look into its schema
-- The role follows from the schema: the text, and so its checksum, is the same for every tenant.
do $access$
begin
  execute format('comment on schema %I is %L', current_schema(), 'Tables of one tenant');
  execute format('grant usage on schema %I to %I', current_schema(), 'app_' || current_schema());
end
$access$;
--rollback do $access$
--rollback begin
--rollback   execute format('comment on schema %I is null', current_schema());
--rollback   execute format('revoke all on schema %I from %I', current_schema(), 'app_' || current_schema());
--rollback end
--rollback $access$;
