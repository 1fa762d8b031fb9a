--liquibase formatted sql

--changeset tenantry:platform-0010-tenant-schemas splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The registry: which changesets each tenant's schema has
-- Not columns of tenants: each change of a tenant takes the next number of the directory and holds
-- it until its commit, so that changes of many schemas would wait for each other.
create table tenantry_control.tenant_schemas (
  tenant_id uuid not null,
  version text not null,
  history_hash text,
  fingerprint text,
  drifted boolean not null default false,
  failed_changeset text,
  failed_sqlstate text,
  failed_run_id uuid,
  changed_run_id uuid,
  changed_at timestamptz not null default now(),
  checked_at timestamptz,
  constraint tenant_schemas_pkey primary key (tenant_id),
  constraint tenant_schemas_failed_check check (
    (failed_changeset is null) = (failed_run_id is null))
);
comment on table tenantry_control.tenant_schemas is 'The schemas of tenants, of those made ahead too: what each has, and whether it is what it should be';
comment on column tenantry_control.tenant_schemas.tenant_id is 'Whose schema; a tenant of the directory, or one made ahead';
comment on column tenantry_control.tenant_schemas.version is 'Id of the last changeset that has run; all before it in the tree have run too';
comment on column tenantry_control.tenant_schemas.history_hash is 'SHA-256 over ids and checksums of its changesets, in order; null: not known yet';
comment on column tenantry_control.tenant_schemas.fingerprint is 'Of its catalog, as last computed; null: not known yet';
comment on column tenantry_control.tenant_schemas.drifted is 'Whether the last look found another fingerprint than that of its version';
comment on column tenantry_control.tenant_schemas.failed_changeset is 'Where the last run stopped; null: it did not';
comment on column tenantry_control.tenant_schemas.failed_sqlstate is 'Why, as SQLSTATE; null: for a reason of ours, or it did not';
comment on column tenantry_control.tenant_schemas.failed_run_id is 'The run that stopped there';
comment on column tenantry_control.tenant_schemas.changed_run_id is 'The run that last changed it; null: none since it was made';
comment on column tenantry_control.tenant_schemas.changed_at is 'When it was last changed';
comment on column tenantry_control.tenant_schemas.checked_at is 'When its fingerprint was last computed';
insert into tenantry_control.tenant_schemas (tenant_id, version)
  select t.id, t.schema_version from tenantry_control.tenants t where t.schema_version is not null;
alter table tenantry_control.tenants drop column schema_version;
--rollback alter table tenantry_control.tenants add column schema_version text;
--rollback comment on column tenantry_control.tenants.schema_version is 'Id of the last changeset of the tenant tree that has run; null before the first';
--rollback update tenantry_control.tenants t set schema_version = s.version from tenantry_control.tenant_schemas s where s.tenant_id = t.id;
--rollback drop table tenantry_control.tenant_schemas;
