--liquibase formatted sql

--changeset tenantry:access-platform-0009-certified-by-the-owner splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What a certificate is, and what it rests on, is written by the tables' owner alone
revoke insert on tenantry_control.purge_inventories from tenantry_control;
revoke insert on tenantry_control.tenant_certificates from tenantry_control;
--rollback grant insert on tenantry_control.tenant_certificates to tenantry_control;
--rollback grant insert on tenantry_control.purge_inventories to tenantry_control;

--changeset tenantry:access-platform-0009-trigger-functions splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Triggers need no EXECUTE of whoever fires them
revoke all on function tenantry_control.prepared_tenants_before_change() from public;
revoke all on function tenantry_control.tenants_after_insert() from public;
--rollback grant execute on function tenantry_control.tenants_after_insert() to public;
--rollback grant execute on function tenantry_control.prepared_tenants_before_change() to public;
