--liquibase formatted sql

--changeset tenantry:platform-0006-api-isolation-probes splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: One row per tenant, by which a tenant can be seen or not
create table tenantry_api.api_isolation_probes (
  tenant_id uuid not null,
  id uuid not null,
  created_at timestamptz not null default now(),
  constraint api_isolation_probes_pkey primary key (tenant_id, id)
);
comment on table tenantry_api.api_isolation_probes is 'One row per tenant: whoever sees another one than its own has found a leak';
comment on column tenantry_api.api_isolation_probes.tenant_id is 'The tenant it belongs to';
comment on column tenantry_api.api_isolation_probes.id is 'Equal to tenant_id: one row per tenant';
comment on column tenantry_api.api_isolation_probes.created_at is 'When the tenant was made';
-- A tenant that never exists (tenants_id_check): a foreign row is there to be hidden from the very
-- first tenant too. Here, before the policy, since afterwards the owner would have to enter it.
insert into tenantry_api.api_isolation_probes (tenant_id, id)
  values ('ffffffff-ffff-4fff-bfff-ffffffffffff', 'ffffffff-ffff-4fff-bfff-ffffffffffff');
--rollback drop table tenantry_api.api_isolation_probes;
