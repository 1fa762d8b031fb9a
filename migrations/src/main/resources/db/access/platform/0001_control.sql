--liquibase formatted sql

--changeset tenantry:access-platform-0001-control splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What the control logins may do
grant usage on schema tenantry_control to tenantry_control;
-- Tenants and operations are never deleted: a purged tenant leaves a tombstone.
grant select, insert, update on tenantry_control.tenants to tenantry_control;
grant select on tenantry_control.tenant_transitions to tenantry_control;
grant select, update on tenantry_control.directory_changes to tenantry_control;
grant select, insert, update on tenantry_control.operations to tenantry_control;
grant select, insert, update on tenantry_control.operation_steps to tenantry_control;
grant select, insert on tenantry_control.audit_events to tenantry_control;
grant select, insert, update, delete on tenantry_control.api_clients to tenantry_control;
-- Triggers need no EXECUTE of whoever fires them.
revoke all on function tenantry_control.tenants_before_change() from public;
revoke all on function tenantry_control.refuse_change() from public;
--rollback grant execute on function tenantry_control.tenants_before_change() to public;
--rollback grant execute on function tenantry_control.refuse_change() to public;
--rollback revoke all on tenantry_control.api_clients from tenantry_control;
--rollback revoke all on tenantry_control.audit_events from tenantry_control;
--rollback revoke all on tenantry_control.operation_steps from tenantry_control;
--rollback revoke all on tenantry_control.operations from tenantry_control;
--rollback revoke all on tenantry_control.directory_changes from tenantry_control;
--rollback revoke all on tenantry_control.tenant_transitions from tenantry_control;
--rollback revoke all on tenantry_control.tenants from tenantry_control;
--rollback revoke all on schema tenantry_control from tenantry_control;
