--liquibase formatted sql

--changeset tenantry:platform-0015-runs-of-other-builds splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What a run's hash and error say while two builds are there
comment on column tenantry_control.migration_runs.plan_hash is 'SHA-256 of the compiled text of the build that began it; null until one did';
comment on column tenantry_control.migration_runs.error_code is 'Code from the error catalogue: why it was refused, paused itself, or waits for another build';
--rollback comment on column tenantry_control.migration_runs.plan_hash is 'SHA-256 of the compiled text that runs; null until it began';
--rollback comment on column tenantry_control.migration_runs.error_code is 'Code from the error catalogue: why it was refused or paused itself';
