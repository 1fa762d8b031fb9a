--liquibase formatted sql

--changeset tenantry:access-platform-0006-migration-runs splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The control logins write commands and results; runs stay
grant select, insert, update on tenantry_control.migration_runs to tenantry_control;
grant select, insert, update on tenantry_control.migration_results to tenantry_control;
--rollback revoke all on tenantry_control.migration_results from tenantry_control;
--rollback revoke all on tenantry_control.migration_runs from tenantry_control;
