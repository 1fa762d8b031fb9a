--liquibase formatted sql

--changeset tenantry:access-tenant-0005-api-idempotency-keys splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Class: mutable
alter table api_idempotency_keys enable row level security;
alter table api_idempotency_keys force row level security;
create policy tenant_isolation on api_idempotency_keys
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
do $access$
begin
  execute format('grant select, insert, update, delete on api_idempotency_keys to %I', 'app_' || current_schema());
end
$access$;
--rollback do $access$
--rollback begin
--rollback   execute format('revoke all on api_idempotency_keys from %I', 'app_' || current_schema());
--rollback end
--rollback $access$;
--rollback drop policy tenant_isolation on api_idempotency_keys;
--rollback alter table api_idempotency_keys no force row level security;
--rollback alter table api_idempotency_keys disable row level security;
