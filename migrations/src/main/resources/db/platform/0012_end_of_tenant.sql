--liquibase formatted sql

--changeset tenantry:platform-0012-tenants-end splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What the directory knows of a tenant's end: retention, legal hold, tombstone
alter table tenantry_control.tenants
  add column deleted_at timestamptz,
  add column purge_after timestamptz,
  add column purge_begun_at timestamptz,
  add column purged_at timestamptz,
  add column slug_hash text,
  add column hold_reason text,
  add column hold_by text,
  add column hold_since timestamptz,
  add constraint tenants_hold_check check (
    (hold_reason is null) = (hold_since is null) and (hold_reason is null) = (hold_by is null)
    and length(hold_reason) between 1 and 500),
  add constraint tenants_slug_hash_check check (slug_hash ~ '^[0-9a-f]{64}$');
create index tenants_slug_hash_idx on tenantry_control.tenants (slug_hash, purged_at) where slug_hash is not null;
create index tenants_purge_after_idx on tenantry_control.tenants (purge_after) where state = 'RETAINED';
comment on column tenantry_control.tenants.deleted_at is 'When it was last deleted; null: never, or undeleted since';
comment on column tenantry_control.tenants.purge_after is 'Until when it can be undeleted and must not be purged; null unless it is retained';
comment on column tenantry_control.tenants.purge_begun_at is 'Since when its data are being removed: it cannot be undeleted any more';
comment on column tenantry_control.tenants.purged_at is 'When nothing of it was left but this row';
comment on column tenantry_control.tenants.slug_hash is 'SHA-256 of the slug that a purged tenant had, as hex; null unless it is purged';
comment on column tenantry_control.tenants.hold_reason is 'Why it must not be purged (legal hold); null: there is no hold';
comment on column tenantry_control.tenants.hold_by is 'Who put the hold on it';
comment on column tenantry_control.tenants.hold_since is 'Since when it is held';
--rollback drop index tenantry_control.tenants_purge_after_idx;
--rollback drop index tenantry_control.tenants_slug_hash_idx;
--rollback alter table tenantry_control.tenants drop constraint tenants_slug_hash_check, drop constraint tenants_hold_check, drop column hold_since, drop column hold_by, drop column hold_reason, drop column slug_hash, drop column purged_at, drop column purge_begun_at, drop column purge_after, drop column deleted_at;

--changeset tenantry:platform-0012-tenants-trigger splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The end of a tenant is closed here too: who may not end, what comes back, and what a tombstone keeps
create or replace function tenantry_control.tenants_before_change() returns trigger
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
    if old.state = 'PURGED' then
      raise exception 'a tombstone never changes'
        using errcode = '23514', constraint = 'tenants_immutable', table = 'tenants';
    end if;
    if new.state <> old.state then
      if not exists (
          select from tenantry_control.tenant_transitions t
          where t.from_state = old.state and t.to_state = new.state) then
        raise exception 'a tenant that is % cannot become %', old.state, new.state
          using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
      end if;
      if old.slug in ('canary-a', 'canary-b')
          and new.state in ('SUSPENDED', 'RESTORING', 'OFFBOARDING') then
        raise exception 'a canary cannot become %', new.state
          using errcode = '23514', constraint = 'tenants_canary', table = 'tenants';
      end if;
      if new.state = 'OFFBOARDING' then
        new.state_before_offboarding := old.state;
        new.deleted_at := clock_timestamp();
      elsif new.state = 'RETAINED' then
        new.purge_after := clock_timestamp() + make_interval(days => new.retention_days);
      elsif new.state = 'PURGED' then
        if new.hold_reason is not null then
          raise exception 'a tenant under a legal hold cannot become PURGED'
            using errcode = '23514', constraint = 'tenants_hold', table = 'tenants';
        end if;
        -- The tombstone: the slug is free again, and nothing tells whose tenant it was.
        new.slug_hash := encode(sha256(convert_to(old.slug, 'UTF8')), 'hex');
        new.slug := 'purged-' || replace(old.id::text, '-', '');
        new.display_name := 'purged';
        new.tier := 'standard';
        new.labels := '{}';
        new.requests_per_second := null;
        new.burst := null;
        new.max_connections := null;
        new.quarantined := false;
        new.purged_at := clock_timestamp();
      elsif old.state = 'RETAINED' then
        if old.purge_begun_at is not null then
          raise exception 'a tenant whose purge has begun cannot come back'
            using errcode = '23514', constraint = 'tenants_purge_begun', table = 'tenants';
        end if;
        if new.state <> (case when old.state_before_offboarding in ('ACTIVE', 'SUSPENDED')
            then old.state_before_offboarding else 'FAILED' end) then
          raise exception 'a tenant that was % does not come back as %',
              old.state_before_offboarding, new.state
            using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
        end if;
        new.purge_after := null;
        new.deleted_at := null;
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
  'Refuses states out of order and changes of id or slug; numbers each change; makes a purged tenant a tombstone';
--rollback create or replace function tenantry_control.tenants_before_change() returns trigger
--rollback language plpgsql
--rollback set search_path = pg_catalog, pg_temp
--rollback as $trigger$
--rollback begin
--rollback   if tg_op = 'INSERT' then
--rollback     if new.state <> 'PENDING' then
--rollback       raise exception 'a tenant begins as PENDING, not as %', new.state
--rollback         using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
--rollback     end if;
--rollback     new.version := 1;
--rollback   else
--rollback     if new.id <> old.id or new.slug <> old.slug then
--rollback       raise exception 'id and slug of a tenant never change'
--rollback         using errcode = '23514', constraint = 'tenants_immutable', table = 'tenants';
--rollback     end if;
--rollback     if new.state <> old.state then
--rollback       if not exists (
--rollback           select from tenantry_control.tenant_transitions t
--rollback           where t.from_state = old.state and t.to_state = new.state) then
--rollback         raise exception 'a tenant that is % cannot become %', old.state, new.state
--rollback           using errcode = '23514', constraint = 'tenants_transition', table = 'tenants';
--rollback       end if;
--rollback       if new.state = 'OFFBOARDING' then
--rollback         new.state_before_offboarding := old.state;
--rollback       end if;
--rollback     end if;
--rollback     new.version := old.version + 1;
--rollback     new.updated_at := now();
--rollback   end if;
--rollback   update tenantry_control.directory_changes c
--rollback     set change_number = c.change_number + 1
--rollback     returning c.change_number into strict new.change_number;
--rollback   return new;
--rollback end
--rollback $trigger$;
--rollback comment on function tenantry_control.tenants_before_change() is 'Refuses states out of order and changes of id or slug; numbers each change';

--changeset tenantry:platform-0012-operations-not-before splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: An operation that waits for something keeps no worker
alter table tenantry_control.operations add column not_before timestamptz;
comment on column tenantry_control.operations.not_before is 'It is not claimed before this; null: at once';
--rollback alter table tenantry_control.operations drop column not_before;

--changeset tenantry:platform-0012-purge-inventories splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What a purge found before it removed anything, for the certificate
create table tenantry_control.purge_inventories (
  tenant_id uuid not null,
  number int not null,
  place text not null,
  row_count bigint not null,
  row_hash text,
  operation_id uuid not null,
  created_at timestamptz not null default now(),
  constraint purge_inventories_pkey primary key (tenant_id, number),
  constraint purge_inventories_place_key unique (tenant_id, place),
  constraint purge_inventories_operation_id_fkey foreign key (operation_id) references tenantry_control.operations (id),
  constraint purge_inventories_number_check check (number > 0),
  constraint purge_inventories_row_count_check check (row_count >= 0),
  constraint purge_inventories_row_hash_check check (row_hash ~ '^[0-9a-f]{64}$')
);
comment on table tenantry_control.purge_inventories is 'What a purge found before it removed anything; names of places and numbers, no data';
comment on column tenantry_control.purge_inventories.operation_id is 'The purge that saw it; a repeated one removes what the first had seen';
comment on column tenantry_control.purge_inventories.tenant_id is 'The tenant that was purged';
comment on column tenantry_control.purge_inventories.number is 'Order within the purge, from 1';
comment on column tenantry_control.purge_inventories.place is 'A table, without the name of a tenant''s schema; or another place';
comment on column tenantry_control.purge_inventories.row_count is 'How many rows of the tenant were there';
comment on column tenantry_control.purge_inventories.row_hash is 'SHA-256 over the rows as text, in byte order; null where there are no rows';
comment on column tenantry_control.purge_inventories.created_at is 'When that was seen';
--rollback drop table tenantry_control.purge_inventories;

--changeset tenantry:platform-0012-tenant-certificates splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Signed certificates of purges
create table tenantry_control.tenant_certificates (
  tenant_id uuid not null,
  operation_id uuid not null,
  slug_hash text not null,
  document bytea not null,
  algorithm text not null,
  key_id text not null,
  public_key bytea not null,
  signature bytea not null,
  created_at timestamptz not null default now(),
  constraint tenant_certificates_pkey primary key (tenant_id),
  constraint tenant_certificates_operation_id_fkey foreign key (operation_id) references tenantry_control.operations (id),
  constraint tenant_certificates_slug_hash_check check (slug_hash ~ '^[0-9a-f]{64}$')
);
create index tenant_certificates_slug_idx on tenantry_control.tenant_certificates (slug_hash, created_at desc);
create trigger tenant_certificates_append_only before update or delete or truncate on tenantry_control.tenant_certificates
  for each statement execute function tenantry_control.refuse_change();
comment on table tenantry_control.tenant_certificates is 'What was removed when a tenant was purged, signed; append-only';
comment on column tenantry_control.tenant_certificates.tenant_id is 'The tenant that was purged; its tombstone has the same id';
comment on column tenantry_control.tenant_certificates.operation_id is 'The purge';
comment on column tenantry_control.tenant_certificates.slug_hash is 'SHA-256 of the slug it had, as hex';
comment on column tenantry_control.tenant_certificates.document is 'The certificate, JSON in UTF-8: exactly the bytes that are signed';
comment on column tenantry_control.tenant_certificates.algorithm is 'How it is signed, such as Ed25519';
comment on column tenantry_control.tenant_certificates.key_id is 'SHA-256 of the public key, as hex';
comment on column tenantry_control.tenant_certificates.public_key is 'The public key (SubjectPublicKeyInfo)';
comment on column tenantry_control.tenant_certificates.signature is 'The signature of the document';
comment on column tenantry_control.tenant_certificates.created_at is 'When it was issued';
--rollback drop table tenantry_control.tenant_certificates;

--changeset tenantry:platform-0012-retired-clients splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: Ids of purged tenants' clients are never used again, though the ids themselves are gone
create table tenantry_control.retired_clients (
  client_id_hash bytea not null,
  tenant_id uuid not null,
  created_at timestamptz not null default now(),
  constraint retired_clients_pkey primary key (client_id_hash),
  constraint retired_clients_client_id_hash_check check (length(client_id_hash) = 32)
);
create index retired_clients_tenant_idx on tenantry_control.retired_clients (tenant_id);
comment on table tenantry_control.retired_clients is 'Ids that clients of purged tenants had, hashed: nobody gets one of them again';
comment on column tenantry_control.retired_clients.client_id_hash is 'SHA-256 of the id';
comment on column tenantry_control.retired_clients.tenant_id is 'The tenant that was purged';
comment on column tenantry_control.retired_clients.created_at is 'When the client was removed';
create function tenantry_control.api_clients_before_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
  -- No row is made, as where the id is taken: ON CONFLICT DO NOTHING tells the caller of both.
  if exists (
      select from tenantry_control.retired_clients r
      where r.client_id_hash = sha256(convert_to(new.client_id, 'UTF8'))) then
    return null;
  end if;
  return new;
end
$trigger$;
comment on function tenantry_control.api_clients_before_insert() is 'Makes no client of an id that a purged tenant''s client had';
create trigger api_clients_before_insert before insert on tenantry_control.api_clients
  for each row execute function tenantry_control.api_clients_before_insert();
--rollback drop trigger api_clients_before_insert on tenantry_control.api_clients;
--rollback drop function tenantry_control.api_clients_before_insert();
--rollback drop table tenantry_control.retired_clients;
