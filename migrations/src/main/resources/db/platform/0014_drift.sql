--liquibase formatted sql

--changeset tenantry:platform-0014-quarantined-for-drift splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Whose quarantine ends when the schema is right again
alter table tenantry_control.tenant_schemas add column quarantined_for_drift boolean not null default false;
comment on column tenantry_control.tenant_schemas.quarantined_for_drift is 'Whether the tenant is quarantined because of this drift; a quarantine for another reason is not lifted with it';
create index tenant_schemas_drifted_idx on tenantry_control.tenant_schemas (tenant_id) where drifted;
--rollback drop index tenantry_control.tenant_schemas_drifted_idx;
--rollback alter table tenantry_control.tenant_schemas drop column quarantined_for_drift;
