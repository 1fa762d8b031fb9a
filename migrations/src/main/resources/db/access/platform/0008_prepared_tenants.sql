--liquibase formatted sql

--changeset tenantry:access-platform-0008-prepared-tenants splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The control logins make rows, and take them away when their tenants come into the directory
grant select, insert, update, delete on tenantry_control.prepared_tenants to tenantry_control;
--rollback revoke all on tenantry_control.prepared_tenants from tenantry_control;
