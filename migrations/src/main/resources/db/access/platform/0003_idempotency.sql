--liquibase formatted sql

--changeset tenantry:access-platform-0003-idempotency-keys splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The control logins keep answers, and delete expired ones
grant select, insert, update, delete on tenantry_control.idempotency_keys to tenantry_control;
--rollback revoke all on tenantry_control.idempotency_keys from tenantry_control;
