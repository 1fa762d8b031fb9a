--liquibase formatted sql

--changeset tenantry:tenant-0002-change splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A change
create table desk_limits (
  tenant_id uuid not null,
  id uuid not null,
  amount int check (amount > 0),
  constraint positive check (amount < 9),
  constraint desk_limits_pkey primary key (tenant_id, id)
);
comment on table desk_limits is 'A table';
comment on column desk_limits.tenant_id is 'A column';
comment on column desk_limits.id is 'A column';
comment on column desk_limits.amount is 'A column';
alter table desk_limits enable row level security;
alter table desk_limits force row level security;
create policy tenant_isolation on desk_limits
  using (tenant_id = (select tenantry_guard.current_tenant()))
  with check (tenant_id = (select tenantry_guard.current_tenant()));
create index on desk_limits (tenant_id, amount);
--rollback empty
