--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
-- tenantry: enter
create table desk_limits (
  tenant_id uuid not null,
  id uuid not null,
  constraint desk_limits_pkey primary key (tenant_id, id)
);
comment on table desk_limits is 'A table';
comment on column desk_limits.tenant_id is 'A column';
comment on column desk_limits.id is 'A column';
alter table desk_limits enable row level security;
alter table desk_limits force row level security;
create policy tenant_isolation on desk_limits
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
insert into desk_limits (tenant_id, id) select tenant_id, id from desk_orders;
--rollback empty
