--liquibase formatted sql

--changeset tenantry:platform-0002-tenant-transitions splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The closed table of what a tenant's state may become; equal to TenantState
create table tenantry_control.tenant_transitions (
  from_state text not null,
  to_state text not null,
  constraint tenant_transitions_pkey primary key (from_state, to_state)
);
comment on table tenantry_control.tenant_transitions is 'What the state of a tenant may become';
comment on column tenantry_control.tenant_transitions.from_state is 'The state it has';
comment on column tenantry_control.tenant_transitions.to_state is 'A state it may become';
insert into tenantry_control.tenant_transitions (from_state, to_state) values
  ('PENDING', 'PROVISIONING'),
  ('PENDING', 'OFFBOARDING'),
  ('PROVISIONING', 'ACTIVE'),
  ('PROVISIONING', 'FAILED'),
  ('FAILED', 'PROVISIONING'),
  ('FAILED', 'OFFBOARDING'),
  ('ACTIVE', 'SUSPENDED'),
  ('ACTIVE', 'RESTORING'),
  ('ACTIVE', 'OFFBOARDING'),
  ('SUSPENDED', 'ACTIVE'),
  ('SUSPENDED', 'RESTORING'),
  ('SUSPENDED', 'OFFBOARDING'),
  ('RESTORING', 'ACTIVE'),
  ('RESTORING', 'SUSPENDED'),
  ('OFFBOARDING', 'RETAINED'),
  ('RETAINED', 'FAILED'),
  ('RETAINED', 'ACTIVE'),
  ('RETAINED', 'SUSPENDED'),
  ('RETAINED', 'PURGED');
--rollback drop table tenantry_control.tenant_transitions;

--changeset tenantry:platform-0002-directory-changes splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The number of the last change of the directory
-- Not a sequence: numbers of a sequence become visible in the order of the commits, not in their
-- own, so a reader that has seen 7 would never look for the 6 that commits later. This row is
-- locked by the writer until it commits: whoever sees a number has seen all smaller ones.
create table tenantry_control.directory_changes (
  only_row boolean not null default true,
  change_number bigint not null,
  constraint directory_changes_pkey primary key (only_row),
  constraint directory_changes_only_row_check check (only_row)
);
comment on table tenantry_control.directory_changes is 'One row: the number of the last change of the tenant directory';
comment on column tenantry_control.directory_changes.only_row is 'Always true: there is one row';
comment on column tenantry_control.directory_changes.change_number is 'Counts changes of tenants; whoever sees a number has seen all smaller ones';
insert into tenantry_control.directory_changes (change_number) values (0);
--rollback drop table tenantry_control.directory_changes;

--changeset tenantry:platform-0002-tenants splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The tenant directory
create table tenantry_control.tenants (
  id uuid not null,
  slug text not null,
  display_name text not null,
  tier text not null default 'standard',
  labels jsonb not null default '{}',
  requests_per_second int,
  burst int,
  max_connections int,
  state text not null default 'PENDING',
  quarantined boolean not null default false,
  deletion_protection boolean not null default true,
  retention_days int not null default 30,
  schema_version text,
  state_before_offboarding text,
  version bigint not null default 1,
  change_number bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenants_pkey primary key (id),
  constraint tenants_id_check check (id not in (
    '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff')),
  constraint tenants_slug_check check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  constraint tenants_display_name_check check (length(display_name) between 1 and 200),
  constraint tenants_tier_check check (tier ~ '^[a-z][a-z0-9-]{0,39}$'),
  constraint tenants_labels_check check (
    jsonb_typeof(labels) = 'object' and octet_length(labels::text) <= 16384),
  constraint tenants_limits_check check (requests_per_second > 0 and burst > 0 and max_connections > 0),
  constraint tenants_state_check check (state in (
    'PENDING', 'PROVISIONING', 'FAILED', 'ACTIVE', 'SUSPENDED', 'RESTORING', 'OFFBOARDING',
    'RETAINED', 'PURGED')),
  constraint tenants_retention_days_check check (retention_days between 0 and 3650)
);
create unique index tenants_slug_key on tenantry_control.tenants (slug) where state <> 'PURGED';
create unique index tenants_change_number_key on tenantry_control.tenants (change_number);
comment on table tenantry_control.tenants is 'The tenant directory; a purged tenant stays as a tombstone, so that its id is never used again';
comment on column tenantry_control.tenants.id is 'Never used twice; names of schema and role follow from it';
comment on column tenantry_control.tenants.slug is 'What operators call it; unique among those that are not purged, immutable';
comment on column tenantry_control.tenants.display_name is 'What people call it';
comment on column tenantry_control.tenants.tier is 'Class of service, for operators';
comment on column tenantry_control.tenants.labels is 'Names and values of the operators'' own';
comment on column tenantry_control.tenants.requests_per_second is 'Limit per instance; null: the platform''s default';
comment on column tenantry_control.tenants.burst is 'Requests at once beyond the rate, per instance; null: the platform''s default';
comment on column tenantry_control.tenants.max_connections is 'Connections at once per instance; null: the platform''s default';
comment on column tenantry_control.tenants.state is 'See tenant_transitions';
comment on column tenantry_control.tenants.quarantined is 'Held back beside its state, because its schema is not what it should be';
comment on column tenantry_control.tenants.deletion_protection is 'Refuses deletion until cleared';
comment on column tenantry_control.tenants.retention_days is 'Days between deletion and the moment it may be purged';
comment on column tenantry_control.tenants.schema_version is 'Id of the last changeset of the tenant tree that has run; null before the first';
comment on column tenantry_control.tenants.state_before_offboarding is 'What undelete brings back';
comment on column tenantry_control.tenants.version is 'Counts changes of this row; the ETag';
comment on column tenantry_control.tenants.change_number is 'Number of its last change in directory_changes';
comment on column tenantry_control.tenants.created_at is 'When it was asked for';
comment on column tenantry_control.tenants.updated_at is 'When it was last changed';
--rollback drop table tenantry_control.tenants;

--changeset tenantry:platform-0002-tenants-trigger splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: States change along the table only; every change gets its numbers
create function tenantry_control.tenants_before_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'PENDING' then
      raise exception 'a tenant begins as PENDING, not as %', new.state
        using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
    end if;
    new.version := 1;
  else
    if new.id <> old.id or new.slug <> old.slug then
      raise exception 'id and slug of a tenant never change'
        using errcode = '23514', constraint = 'tenants_immutable', table = 'tenants';
    end if;
    if new.state <> old.state then
      if not exists (
          select from tenantry_control.tenant_transitions t
          where t.from_state = old.state and t.to_state = new.state) then
        raise exception 'a tenant that is % cannot become %', old.state, new.state
          using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
      end if;
      if new.state = 'OFFBOARDING' then
        new.state_before_offboarding := old.state;
      end if;
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  update tenantry_control.directory_changes c
    set change_number = c.change_number + 1
    returning c.change_number into strict new.change_number;
  return new;
end
$trigger$;
comment on function tenantry_control.tenants_before_change() is
  'Refuses states out of order and changes of id or slug; numbers each change';
create trigger tenants_before_change before insert or update on tenantry_control.tenants
  for each row execute function tenantry_control.tenants_before_change();
--rollback drop trigger tenants_before_change on tenantry_control.tenants;
--rollback drop function tenantry_control.tenants_before_change();
