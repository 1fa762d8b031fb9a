--liquibase formatted sql

--changeset tenantry:access-platform-0005-schema-registry splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The control logins read and write the registry; rows go with their schemas
grant select, insert, update on tenantry_control.tenant_schemas to tenantry_control;
--rollback revoke all on tenantry_control.tenant_schemas from tenantry_control;
