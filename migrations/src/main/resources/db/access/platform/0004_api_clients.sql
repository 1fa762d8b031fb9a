--liquibase formatted sql

--changeset tenantry:access-platform-0004-api-clients splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Clients are revoked and stay, so that their ids are never used again
revoke delete on tenantry_control.api_clients from tenantry_control;
--rollback grant delete on tenantry_control.api_clients to tenantry_control;
