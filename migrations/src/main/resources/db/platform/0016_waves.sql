--liquibase formatted sql

--changeset tenantry:platform-0016-waves splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Who is busy in the first wave stays in it, and a quarantine ends with the failure it was for
comment on column tenantry_control.migration_results.wave is 'In which wave, from 0; a busy tenant moves on to the next, but never out of the first';
comment on column tenantry_control.tenant_schemas.held_back is 'Whether a run has quarantined its tenant; that ends with the failure that it was for';
--rollback comment on column tenantry_control.tenant_schemas.held_back is 'Whether a run has quarantined its tenant; the run that brings it up lifts that';
--rollback comment on column tenantry_control.migration_results.wave is 'In which wave, from 0; a busy tenant moves on to the next';
