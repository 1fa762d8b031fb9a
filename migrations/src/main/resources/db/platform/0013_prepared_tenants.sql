--liquibase formatted sql

--changeset tenantry:platform-0013-prepared-tenants splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Tenants made ahead: role, schema and probe row are there, a name is not
-- A row leaves when its tenant comes into the directory: an id is in one of the two tables.
create table tenantry_control.prepared_tenants (
  tenant_id uuid not null,
  state text not null default 'MAKING',
  worker text,
  lease_until timestamptz,
  version text,
  proof text,
  claimable_until timestamptz,
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  constraint prepared_tenants_pkey primary key (tenant_id),
  constraint prepared_tenants_id_check check (tenant_id not in (
    '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff')),
  constraint prepared_tenants_state_check check (state in ('MAKING', 'READY')),
  constraint prepared_tenants_ready_check check (
    (state = 'READY') = (ready_at is not null)
    and (ready_at is null) = (version is null)
    and (ready_at is null) = (proof is null)
    and (ready_at is null) = (claimable_until is null)),
  constraint prepared_tenants_worker_check check (worker is null or lease_until is not null)
);
comment on table tenantry_control.prepared_tenants is 'Tenants made ahead, for whoever asks next; a row goes when its tenant comes into the directory';
comment on column tenantry_control.prepared_tenants.tenant_id is 'The id that the tenant will have; names of schema and role follow from it';
comment on column tenantry_control.prepared_tenants.state is 'MAKING, or READY to be claimed';
comment on column tenantry_control.prepared_tenants.worker is 'Who makes it or proves it again; null: nobody at the moment';
comment on column tenantry_control.prepared_tenants.lease_until is 'After this another worker may take it up';
comment on column tenantry_control.prepared_tenants.version is 'Id of the last changeset that its schema had when it was proven; null before';
comment on column tenantry_control.prepared_tenants.proof is 'What its last proof found; null before the first';
comment on column tenantry_control.prepared_tenants.claimable_until is 'How long that proof holds; null before the first';
comment on column tenantry_control.prepared_tenants.created_at is 'When it was begun';
comment on column tenantry_control.prepared_tenants.ready_at is 'When it was first proven; null before';
--rollback drop table tenantry_control.prepared_tenants;
