--liquibase formatted sql

--changeset tenantry:platform-0019-begin-migration-turn splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The look before a tenant's schema is changed, planned once in a session and not once for each tenant
create function tenantry_control.begin_migration_turn(
  run uuid, by_worker text, tenant uuid, at_version text, changesets bigint, though_paused boolean) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
declare
  have bigint;
begin
  -- The run's row is not locked: a pause must not wait for tenants.
  if not exists (select from tenantry_control.migration_runs r where r.id = run and r.worker = by_worker
      and r.state = 'RUNNING' and (though_paused or not r.pause_requested)) then
    raise exception 'the run is not this worker''s to go on with' using errcode = 'TN001';
  end if;
  perform from tenantry_control.migration_results r
    where r.run_id = run and r.tenant_id = tenant and r.state = 'PENDING' for update;
  if not found then
    raise exception 'the tenant has had its turn' using errcode = 'TN002';
  end if;
  perform from tenantry_control.tenant_schemas s
    where s.tenant_id = tenant and s.version = at_version for update;
  if not found then
    raise exception 'the schema is at another version' using errcode = 'TN002';
  end if;
  execute format('select count(*) from %I.databasechangelog', 'tenant_' || replace(tenant::text, '-', '')) into have;
  if have <> changesets then
    raise exception 'the history is not what the registry says' using errcode = 'TN003';
  end if;
end
$function$;
comment on function tenantry_control.begin_migration_turn(uuid, text, uuid, text, bigint, boolean) is 'Refuses to go on unless all is as the run saw it, and keeps it so until the transaction ends';
revoke all on function tenantry_control.begin_migration_turn(uuid, text, uuid, text, bigint, boolean) from public;
--rollback drop function tenantry_control.begin_migration_turn(uuid, text, uuid, text, bigint, boolean);

--changeset tenantry:platform-0019-end-migration-turn splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: What is written down with a tenant's change, in its transaction
create function tenantry_control.end_migration_turn(
  run uuid, tenant uuid, now_version text, now_hash text, over boolean) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
  update tenantry_control.tenant_schemas s
    set version = now_version, history_hash = now_hash, changed_run_id = run, changed_at = clock_timestamp(),
      -- Half of its way ends no failure: who is held back for one would be let go.
      failed_changeset = case when over then null else s.failed_changeset end,
      failed_sqlstate = case when over then null else s.failed_sqlstate end,
      failed_run_id = case when over then null else s.failed_run_id end
    where s.tenant_id = tenant;
  if over then
    update tenantry_control.migration_results r
      set state = 'SUCCEEDED', started_at = transaction_timestamp(), finished_at = clock_timestamp(),
        changeset = null, sqlstate = null, detail = null
      where r.run_id = run and r.tenant_id = tenant;
  end if;
end
$function$;
comment on function tenantry_control.end_migration_turn(uuid, uuid, text, text, boolean) is 'The schema has another version now; when it is over, so has the tenant had its turn';
revoke all on function tenantry_control.end_migration_turn(uuid, uuid, text, text, boolean) from public;
--rollback drop function tenantry_control.end_migration_turn(uuid, uuid, text, text, boolean);
