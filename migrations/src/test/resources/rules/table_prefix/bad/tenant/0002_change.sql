--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table limits (
  tenant_id uuid not null,
  id uuid not null,
  constraint limits_pkey primary key (tenant_id, id)
);
comment on table limits is 'A table';
comment on column limits.tenant_id is 'A column';
comment on column limits.id is 'A column';
alter table limits enable row level security;
alter table limits force row level security;
create policy tenant_isolation on limits
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
--rollback empty
