-- What only a superuser can do, once per database: roles, the guard, and the revokes on pg_catalog.
-- Runs inside one transaction, in the target database; a second run changes nothing. Passwords and
-- capability keys are not in here: Bootstrap sets them, as verifiers and as bound values.
-- Works on PostgreSQL 15 to 18; what differs is behind server_version_num or a look into pg_proc.

set local client_min_messages = warning;
-- Function bodies bind their names when they are made: nothing but pg_catalog may be found.
set local search_path = pg_catalog;

-- 1. Roles. Attributes are set anew at each run, so that a role that was widened by hand is narrowed.
do $roles$
declare
  r record;
begin
  for r in
    select * from (values
      ('tenantry_owner', 'nologin noinherit', 'Tenantry: owns every table; DDL runs as it, by SET ROLE'),
      ('tenantry_guard', 'nologin noinherit', 'Tenantry: owns the guard''s functions and the capability keys'),
      ('tenantry_tenant', 'nologin inherit', 'Tenantry: what all tenants share; nothing shared is granted per tenant'),
      ('tenantry_reader', 'nologin inherit', 'Tenantry: what all read-only logins share'),
      ('tenantry_app', 'nologin noinherit', 'Tenantry: group of the runtime logins; member of every tenant role'),
      ('tenantry_app_a', 'login noinherit', 'Tenantry: serves requests; takes turns with _b'),
      ('tenantry_app_b', 'login noinherit', 'Tenantry: serves requests; takes turns with _a'),
      ('tenantry_control', 'nologin inherit', 'Tenantry: group of the control logins'),
      ('tenantry_control_a', 'login inherit', 'Tenantry: the platform''s own tables; takes turns with _b'),
      ('tenantry_control_b', 'login inherit', 'Tenantry: the platform''s own tables; takes turns with _a'),
      ('tenantry_migrator', 'login noinherit createrole', 'Tenantry: changes schemas (as tenantry_owner) and makes roles (as itself)'),
      ('tenantry_rotator', 'login noinherit', 'Tenantry: replaces capability keys'),
      ('tenantry_backup', 'login inherit bypassrls', 'Tenantry: takes dumps and scans for residue'),
      ('tenantry_monitor', 'login inherit', 'Tenantry: reads statistics')
    ) as wanted (name, attributes, comment)
  loop
    if not exists (select from pg_roles where rolname = r.name) then
      execute format('create role %I', r.name);
    end if;
    execute format(
      'alter role %I with nosuperuser nocreatedb noreplication %s %s %s', r.name,
      case when r.attributes like '%createrole%' then '' else 'nocreaterole' end,
      case when r.attributes like '%bypassrls%' then '' else 'nobypassrls' end,
      r.attributes);
    if shobj_description((select oid from pg_roles where rolname = r.name), 'pg_authid') is distinct from r.comment then
      execute format('comment on role %I is %L', r.name, r.comment);
    end if;
  end loop;
end
$roles$;

-- 2. Memberships. From 16 on each says whether it inherits, may be taken by SET ROLE, and may be
-- handed on; on 15 the member's own INHERIT attribute decides, and CREATEROLE hands on everything.
do $memberships$
declare
  m record;
begin
  for m in
    select * from (values
      ('tenantry_app', 'tenantry_app_a', false, true, false),
      ('tenantry_app', 'tenantry_app_b', false, true, false),
      ('tenantry_control', 'tenantry_control_a', true, false, false),
      ('tenantry_control', 'tenantry_control_b', true, false, false),
      ('tenantry_owner', 'tenantry_migrator', false, true, false),
      ('tenantry_tenant', 'tenantry_migrator', false, false, true),
      ('tenantry_reader', 'tenantry_migrator', false, false, true),
      ('pg_read_all_data', 'tenantry_backup', true, false, false),
      ('pg_monitor', 'tenantry_monitor', true, false, false)
    ) as wanted (role, member, inherits, may_set, may_grant)
  loop
    if current_setting('server_version_num')::int >= 160000 then
      execute format(
        'grant %I to %I with inherit %s, set %s, admin %s',
        m.role, m.member, m.inherits::text, m.may_set::text, m.may_grant::text);
    elsif not m.may_grant then
      execute format('grant %I to %I', m.role, m.member);
    end if;
  end loop;
end
$memberships$;

-- 3. The database: who may connect, and what is off for everybody.
do $database$
declare
  login text;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach login in array array[
    'tenantry_app_a', 'tenantry_app_b', 'tenantry_control_a', 'tenantry_control_b',
    'tenantry_migrator', 'tenantry_rotator', 'tenantry_backup', 'tenantry_monitor',
    'tenantry_reader']
  loop
    execute format('grant connect on database %I to %I', current_database(), login);
  end loop;
  execute format('grant create on database %I to tenantry_owner', current_database());
  -- One statement could fill the disk with temporary files within its timeout, for every tenant. No
  -- query of ours comes near it; a login cannot raise it.
  foreach login in array array['tenantry_app_a', 'tenantry_app_b'] loop
    execute format('alter role %I in database %I set temp_file_limit = %L', login, current_database(), '1GB');
  end loop;
  -- Bound values would stand in the log with log_statement = 'all' or beside an error: capabilities
  -- and tenant data are bound values.
  execute format('alter database %I set log_parameter_max_length = 0', current_database());
  execute format('alter database %I set log_parameter_max_length_on_error = 0', current_database());
  -- The register has to be empty when a session begins, whatever postgresql.conf says.
  execute format('alter database %I set backtrace_functions = %L', current_database(), '');
end
$database$;

revoke all on schema public from public;

-- A DO block would hide statements from whoever looks at the first keyword. Functions and triggers
-- run all the same: only making them, and DO, need the language.
revoke usage on language plpgsql from public;
grant usage on language plpgsql to tenantry_owner, tenantry_guard;

-- 4. The guard.
create schema if not exists tenantry_guard authorization tenantry_guard;
comment on schema tenantry_guard is 'The guard: capability keys, and the functions that enter a tenant and tell which it is';

-- The register: a developer setting that only a superuser may change, inert for 32 hex digits, is
-- where the entered tenant is kept. Nobody but the guard may write it, in enter.
grant set on parameter backtrace_functions to tenantry_guard;

-- Before section 5 takes it from PUBLIC; enter could not write the register without it.
grant execute on function pg_catalog.set_config(text, text, boolean) to tenantry_guard;

set local role tenantry_guard;

create table if not exists tenantry_guard.capability_keys (
  key_id int not null,
  inner_pad bytea not null,
  outer_pad bytea not null,
  created_at timestamptz not null default now(),
  constraint capability_keys_pkey primary key (key_id),
  constraint capability_keys_key_id_check check (key_id > 0),
  constraint capability_keys_pads_check check (length(inner_pad) = 64 and length(outer_pad) = 64)
);
comment on table tenantry_guard.capability_keys is 'Keys that sign capabilities, as the two precomputed pads of HMAC-SHA256; two at most';
comment on column tenantry_guard.capability_keys.key_id is 'Number of the key, named by each capability';
comment on column tenantry_guard.capability_keys.inner_pad is 'The key, padded to 64 bytes and xored with 0x36';
comment on column tenantry_guard.capability_keys.outer_pad is 'The key, padded to 64 bytes and xored with 0x5c';
comment on column tenantry_guard.capability_keys.created_at is 'When the key was added';

create or replace function tenantry_guard.enter(
  tenant uuid, key_id int, expires bigint, mac bytea, statement_timeout_ms int, lock_timeout_ms int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $enter$
declare
  hex constant text := replace(tenant::text, '-', '');
  -- Not the definer's but the caller's, also in here.
  as_role constant text := current_setting('role');
  now_s constant numeric := extract(epoch from clock_timestamp());
  bound text;
  expected bytea;
  refusal text;
begin
  -- What SQL can leave behind in a session outlives its transaction: the pool has to throw the
  -- connection away, and does so on 57P01. A statement prepared by SQL under a name of the driver's
  -- would be run by the next tenant's request; the driver's own (from_sql is false) are not meant.
  -- The server lists all of them at each call: 4 us with none, 70 to 150 us with 256 (measured, on
  -- 15 and 18), beside 21 to 28 us for the rest of this function. Nothing cheaper tells: a driver's
  -- statement cache that is no larger than it needs to be is what keeps this small.
  if pg_my_temp_schema() <> 0
      or exists (select from pg_cursor() c where c.is_holdable)
      or exists (select from pg_listening_channels())
      or exists (select from pg_prepared_statement() p where p.from_sql)
      -- A SET without LOCAL would refuse or misread whatever the next tenant sends.
      or current_setting('row_security') <> 'on'
      or current_setting('standard_conforming_strings') <> 'on'
      or current_setting('default_transaction_read_only') <> 'off'
      or current_setting('session_replication_role') <> 'origin' then
    raise exception 'this session is not clean and cannot enter a tenant'
      using errcode = '57P01', hint = 'Close the connection.';
  end if;

  -- Of every check below at most one reason is told, and none of them says anything about the bytes
  -- of a code: an unknown key and a wrong code are the same reason.
  if tenant is null or key_id is null or expires is null or mac is null
      or statement_timeout_ms is null or lock_timeout_ms is null
      or statement_timeout_ms <= 0 or lock_timeout_ms <= 0 then
    refusal := 'arguments';
  elsif as_role <> 'app_tenant_' || hex and as_role <> 'tenantry_owner' then
    refusal := 'role';
  elsif expires <= now_s or expires > now_s + 5 then
    refusal := 'expiry';
  else
    select sha256(k.outer_pad || sha256(
             k.inner_pad || convert_to(hex || ':' || expires || ':' || current_database(), 'UTF8')))
      into expected
      from tenantry_guard.capability_keys k
      where k.key_id = enter.key_id;
    -- Hashed once more on both sides: how far the comparison gets tells nothing about the code.
    if expected is null or sha256(expected) <> sha256(mac) then
      refusal := 'code';
    else
      bound := current_setting('backtrace_functions');
      if bound <> '' and bound <> hex then
        refusal := 'bound';
      end if;
    end if;
  end if;
  if refusal is not null then
    raise exception 'the tenant was not entered'
      using errcode = '42501', detail = 'Refused for: ' || refusal || '.';
  end if;

  -- All of it ends with the transaction.
  perform set_config('backtrace_functions', hex, true),
          set_config('app.tenant_id', tenant::text, true),
          set_config('statement_timeout', statement_timeout_ms::text, true),
          set_config('lock_timeout', lock_timeout_ms::text, true);
end
$enter$;
comment on function tenantry_guard.enter(uuid, int, bigint, bytea, int, int) is
  'Enters a tenant until the transaction ends, against a signed capability that lives 5 seconds at most';

create or replace function tenantry_guard.current_tenant()
returns uuid
language sql stable parallel safe
-- Not strict, not SECURITY DEFINER, no SET: each of these would keep it from being inlined.
return case
  when replace(lower(current_setting('app.tenant_id', true)), '-', '') = current_setting('backtrace_functions')
  then nullif(current_setting('backtrace_functions'), '')::uuid
end;
comment on function tenantry_guard.current_tenant() is
  'The tenant this transaction has entered; null when none, or when app.tenant_id says another one';

create or replace function tenantry_guard.wait_for_locks(milliseconds int)
returns boolean
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $wait$
begin
  -- Zero would be for ever. The statement's own timeout, which nothing here touches, ends each wait too.
  if milliseconds is null or milliseconds < 1 or milliseconds > 60000 then
    raise exception 'locks are waited for 1 to 60000 milliseconds'
      using errcode = '22023';
  end if;
  perform set_config('lock_timeout', milliseconds::text, true);
  return true;
end
$wait$;
comment on function tenantry_guard.wait_for_locks(int) is
  'Sets how long this transaction waits for each lock from here on; always true, to stand in a condition';

create or replace function tenantry_guard.add_key(key_id int, inner_pad bytea, outer_pad bytea)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $add$
begin
  lock table tenantry_guard.capability_keys in share row exclusive mode;
  -- The same key again is a repetition after a lost answer, not an error.
  if exists (
      select from tenantry_guard.capability_keys k
      where k.key_id = add_key.key_id
        and k.inner_pad = add_key.inner_pad and k.outer_pad = add_key.outer_pad) then
    return;
  end if;
  if (select count(*) from tenantry_guard.capability_keys) >= 2 then
    raise exception 'there are two capability keys already'
      using errcode = '55000', hint = 'Drop the one that is no longer in use.';
  end if;
  insert into tenantry_guard.capability_keys (key_id, inner_pad, outer_pad)
    values (add_key.key_id, add_key.inner_pad, add_key.outer_pad);
end
$add$;
comment on function tenantry_guard.add_key(int, bytea, bytea) is
  'Adds a capability key; two at most, and the same one again changes nothing';

create or replace function tenantry_guard.drop_key(key_id int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $drop$
begin
  lock table tenantry_guard.capability_keys in share row exclusive mode;
  if not exists (
      select from tenantry_guard.capability_keys k where k.key_id is distinct from drop_key.key_id) then
    raise exception 'the last capability key stays'
      using errcode = '55000', hint = 'Add its successor first.';
  end if;
  delete from tenantry_guard.capability_keys k where k.key_id = drop_key.key_id;
end
$drop$;
comment on function tenantry_guard.drop_key(int) is
  'Drops a capability key, but never the last one; one that is not there changes nothing';

create or replace function tenantry_guard.refuse_ddl()
returns event_trigger
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $refuse$
begin
  -- The session's user is not changed by SET ROLE, nor by a function that runs as its owner.
  if session_user in ('tenantry_app_a', 'tenantry_app_b') then
    raise exception 'logins that serve requests change nothing of the schema'
      using errcode = '42501';
  end if;
end
$refuse$;
comment on function tenantry_guard.refuse_ddl() is
  'Refuses DDL of the logins that serve requests: what a role may do by nature, such as DROP OWNED, too';

revoke all on function tenantry_guard.enter(uuid, int, bigint, bytea, int, int) from public;
revoke all on function tenantry_guard.current_tenant() from public;
revoke all on function tenantry_guard.wait_for_locks(int) from public;
revoke all on function tenantry_guard.add_key(int, bytea, bytea) from public;
revoke all on function tenantry_guard.drop_key(int) from public;
revoke all on function tenantry_guard.refuse_ddl() from public;
grant execute on function tenantry_guard.enter(uuid, int, bigint, bytea, int, int) to tenantry_tenant, tenantry_owner;
grant execute on function tenantry_guard.current_tenant() to tenantry_tenant, tenantry_owner, tenantry_reader;
grant execute on function tenantry_guard.wait_for_locks(int) to tenantry_tenant;
grant execute on function tenantry_guard.add_key(int, bytea, bytea) to tenantry_rotator;
grant execute on function tenantry_guard.drop_key(int) to tenantry_rotator;
grant usage on schema tenantry_guard to tenantry_tenant, tenantry_owner, tenantry_reader, tenantry_rotator;

reset role;

-- No privilege is asked for by DROP OWNED of a role that one may take: it would lock a neighbour out.
do $refusal$
begin
  if not exists (select from pg_event_trigger where evtname = 'tenantry_refuse_ddl') then
    create event trigger tenantry_refuse_ddl on ddl_command_start
      execute function tenantry_guard.refuse_ddl();
    comment on event trigger tenantry_refuse_ddl is 'Refuses DDL of the logins that serve requests';
  end if;
  if (select evtenabled from pg_event_trigger where evtname = 'tenantry_refuse_ddl') <> 'A' then
    alter event trigger tenantry_refuse_ddl enable always;
  end if;
end
$refusal$;

-- 5. Functions of pg_catalog that no tenant's SQL may call: they forge settings, end or watch other
-- sessions, show what a session did for others, tell the size of neighbours or what they do, hide SQL
-- inside a string, or keep something for later.
-- Who needs them keeps them; without that pg_dump, vacuumdb, the exporter and our own jobs fail.
-- Names are matched in pg_proc, since the versions differ in both functions and arguments.
do $revokes$
declare
  f record;
  keeper text;
begin
  for f in
    select p.oid, p.oid::regprocedure as signature, p.proacl, p.proowner, w.keepers
    from (values
      ('set_config', array['tenantry_guard', 'tenantry_migrator', 'tenantry_backup', 'tenantry_control', 'tenantry_monitor', 'tenantry_replication']),
      ('pg_export_snapshot', array['tenantry_backup']),
      -- Lists what the driver has prepared on this session: the neighbours' SQL, and how often it ran.
      ('pg_prepared_statement', array['tenantry_guard']),
      ('pg_stat_get_.*', array['pg_monitor']),
      ('pg_get_replication_slots|pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_isolation_test_session_is_blocked|pg_prepared_xact', array['pg_monitor']),
      ('pg_(relation|table|indexes|total_relation|database|tablespace)_size', array['pg_monitor']),
      ('pg_(try_)?advisory_.*', array['tenantry_migrator', 'tenantry_control']),
      ('pg_notify', array['tenantry_control']),
      ('lo_.*|loread|lowrite|lastval|ts_stat|pg_logical_emit_message|pg_(terminate|cancel)_backend|pg_sleep|pg_sleep_(for|until)', array[]::text[]),
      ('(query|cursor|table|schema|database)_to_xml(schema|_and_xmlschema)?', array[]::text[]),
      -- How much the server writes, and which blocks: what the neighbours do.
      ('pg_current_wal_(lsn|insert_lsn|flush_lsn)|pg_last_wal_(receive|replay)_lsn|pg_last_xact_replay_timestamp', array['pg_monitor']),
      ('pg_control_.*|pg_available_wal_summaries|pg_wal_summary_contents|pg_get_wal_summarizer_state|pg_notification_queue_usage', array['pg_monitor']),
      -- Which transactions of others run, committed, or locked a row.
      ('pg_xact_status|txid_status|pg_xact_commit_timestamp(_origin)?|pg_last_committed_xact|pg_get_multixact_members', array['pg_monitor']),
      ('pg_current_snapshot|txid_current_snapshot', array[]::text[]),
      -- Follows the versions of a row past its policy, so that a neighbour's changes can be watched.
      ('currtid2', array[]::text[]),
      -- The seed outlives the transaction: whoever comes next in the session would draw foreseen numbers.
      ('setseed', array[]::text[])
    ) as w (pattern, keepers)
    join pg_proc p on p.proname ~ ('^(' || w.pattern || ')$') and p.pronamespace = 'pg_catalog'::regnamespace
    union all
    -- Runs the query in its second argument; the other form of that name does not.
    select p.oid, p.oid::regprocedure, p.proacl, p.proowner, array[]::text[]
    from pg_proc p where p.oid = to_regprocedure('pg_catalog.ts_rewrite(tsquery,text)')
  loop
    if exists (
        select from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
        where a.grantee = 0 and a.privilege_type = 'EXECUTE') then
      execute format('revoke execute on function %s from public', f.signature);
    end if;
    foreach keeper in array f.keepers loop
      if exists (select from pg_roles where rolname = keeper)
          and not exists (
            select from aclexplode(f.proacl) a
            where a.grantee = (select oid from pg_roles where rolname = keeper)
              and a.privilege_type = 'EXECUTE') then
        execute format('grant execute on function %s to %I', f.signature, keeper);
      end if;
    end loop;
  end loop;
end
$revokes$;
