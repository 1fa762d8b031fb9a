--liquibase formatted sql

--changeset tenantry:platform-0017-purge-inventories-append-only splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: A certificate rests on inventories: nobody changes what was written
create trigger purge_inventories_append_only before update or delete or truncate on tenantry_control.purge_inventories
  for each statement execute function tenantry_control.refuse_change();
comment on table tenantry_control.purge_inventories is 'What a purge found before it removed anything; names of places and numbers, no data; append-only';
--rollback comment on table tenantry_control.purge_inventories is 'What a purge found before it removed anything; names of places and numbers, no data';
--rollback drop trigger purge_inventories_append_only on tenantry_control.purge_inventories;

--changeset tenantry:platform-0017-prepared-tenants-apart splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: An id is among the tenants or among those made ahead, never in both
create function tenantry_control.prepared_tenants_before_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
  if exists (select from tenantry_control.tenants t where t.id = new.tenant_id) then
    raise exception 'tenant % is in the directory and cannot be made ahead', new.tenant_id
      using errcode = '23514', constraint = 'prepared_tenants_apart', table = 'prepared_tenants';
  end if;
  return new;
end
$trigger$;
comment on function tenantry_control.prepared_tenants_before_change() is
  'Refuses to make ahead what the directory has: its schema would be thrown away';
create trigger prepared_tenants_before_change before insert or update of tenant_id on tenantry_control.prepared_tenants
  for each row execute function tenantry_control.prepared_tenants_before_change();
create function tenantry_control.tenants_after_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
  if exists (select from tenantry_control.prepared_tenants p where p.tenant_id = new.id) then
    raise exception 'tenant % is still among those made ahead', new.id
      using errcode = '23514', constraint = 'tenants_apart', table = 'tenants';
  end if;
  return null;
end
$trigger$;
comment on function tenantry_control.tenants_after_insert() is
  'Refuses a tenant of the directory that is still among those made ahead';
-- At the commit: a claim writes the tenant first and takes the other row away then.
create constraint trigger tenants_after_insert after insert on tenantry_control.tenants
  deferrable initially deferred
  for each row execute function tenantry_control.tenants_after_insert();
--rollback drop trigger tenants_after_insert on tenantry_control.tenants;
--rollback drop function tenantry_control.tenants_after_insert();
--rollback drop trigger prepared_tenants_before_change on tenantry_control.prepared_tenants;
--rollback drop function tenantry_control.prepared_tenants_before_change();
