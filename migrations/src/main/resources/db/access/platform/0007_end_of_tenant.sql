--liquibase formatted sql

--changeset tenantry:access-platform-0007-end-of-tenant splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The control logins write down purges and read certificates
grant select, insert on tenantry_control.purge_inventories to tenantry_control;
grant select, insert on tenantry_control.tenant_certificates to tenantry_control;
-- The trigger on clients asks it as whoever makes one. Only the owner writes it.
grant select on tenantry_control.retired_clients to tenantry_control;
revoke all on function tenantry_control.api_clients_before_insert() from public;
--rollback grant execute on function tenantry_control.api_clients_before_insert() to public;
--rollback revoke all on tenantry_control.retired_clients from tenantry_control;
--rollback revoke all on tenantry_control.tenant_certificates from tenantry_control;
--rollback revoke all on tenantry_control.purge_inventories from tenantry_control;
