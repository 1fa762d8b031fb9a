package io.tenantry.migrations.catalog;

import static io.tenantry.migrations.catalog.Violation.of;
import static io.tenantry.tenancy.finding.FindingCode.*;

import java.util.stream.Stream;

/** What the quick look finds: nothing of it is in a tenant's schema. */
final class SharedViolations {

  private static final String ENTER = "tenantry_guard.enter(uuid, int, bigint, bytea, int, int)";
  private static final String PROBES = "tenantry_api.api_isolation_probes";
  private static final String REPORTS = "tenantry_api.research_reports";
  private static final String CANONICAL =
      "using (tenant_id = (select tenantry_guard.current_tenant()))"
          + " with check (tenant_id = (select tenantry_guard.current_tenant()))";

  private SharedViolations() {}

  static Stream<Violation> all() {
    return Stream.of(roles(), grants(), settings(), guard(), functions(), tables(), code())
        .flatMap(rows -> rows);
  }

  private static Stream<Violation> roles() {
    return Stream.of(
        of(
            "alter role tenantry_app_a createdb",
            ROLE_ATTRIBUTE,
            "tenantry_app_a",
            "alter role tenantry_app_a nocreatedb"),
        of(
            "alter role tenantry_app_b superuser",
            ROLE_ATTRIBUTE,
            "tenantry_app_b",
            "alter role tenantry_app_b nosuperuser"),
        of(
            "alter role tenantry_app inherit",
            ROLE_ATTRIBUTE,
            "tenantry_app",
            "alter role tenantry_app noinherit"),
        of(
            "alter role tenantry_tenant bypassrls",
            ROLE_ATTRIBUTE,
            "tenantry_tenant",
            "alter role tenantry_tenant nobypassrls"),
        of(
            "alter role tenantry_owner login",
            ROLE_ATTRIBUTE,
            "tenantry_owner",
            "alter role tenantry_owner nologin"),
        of(
            "alter role tenantry_control_a replication",
            ROLE_ATTRIBUTE,
            "tenantry_control_a",
            "alter role tenantry_control_a noreplication"),
        of(
            "alter role tenantry_reader rename to away",
            ROLE_MISSING,
            "tenantry_reader",
            "alter role away rename to tenantry_reader"),
        of(
            "grant tenantry_owner to tenantry_app_a",
            ROLE_MEMBERSHIP,
            "tenantry_app_a",
            "revoke tenantry_owner from tenantry_app_a"),
        of(
            "grant tenantry_guard to tenantry_migrator",
            ROLE_MEMBERSHIP,
            "tenantry_migrator",
            "revoke tenantry_guard from tenantry_migrator"),
        of(
            "grant pg_read_all_data to tenantry_control",
            ROLE_MEMBERSHIP,
            "tenantry_control",
            "revoke pg_read_all_data from tenantry_control"),
        of(
            "revoke tenantry_app from tenantry_app_b",
            ROLE_MEMBERSHIP,
            "tenantry_app_b",
            "do $$ begin if current_setting('server_version_num')::int >= 160000 then execute"
                + " 'grant tenantry_app to tenantry_app_b with inherit false'; else grant"
                + " tenantry_app to tenantry_app_b; end if; end $$"),
        of(
            "create role stranger in role tenantry_owner",
            ROLE_MEMBERSHIP,
            "stranger",
            "drop role stranger"),
        of(
            "create table public.owned (id int); alter table public.owned owner to tenantry_app_a",
            ROLE_OWNERSHIP,
            "tenantry_app_a",
            "drop table public.owned"),
        of(
            "alter table " + REPORTS + " owner to tenantry_migrator",
            ROLE_OWNERSHIP,
            REPORTS,
            "alter table " + REPORTS + " owner to tenantry_owner"),
        of(
            "alter schema tenantry_api owner to current_user",
            ROLE_OWNERSHIP,
            "tenantry_api",
            "alter schema tenantry_api owner to tenantry_owner"));
  }

  private static Stream<Violation> grants() {
    return Stream.of(
        of(
            "grant temporary on database linted to public",
            DATABASE_GRANT,
            "linted",
            "revoke temporary on database linted from public"),
        of(
            "grant create on database linted to tenantry_app_a",
            DATABASE_GRANT,
            "linted",
            "revoke create on database linted from tenantry_app_a"),
        of(
            "grant create on schema public to public",
            DATABASE_GRANT,
            "public",
            "revoke create on schema public from public"),
        of(
            "grant usage on schema tenantry_control to tenantry_tenant",
            ROLE_GRANT,
            "tenantry_control",
            "revoke usage on schema tenantry_control from tenantry_tenant"),
        of(
            "grant create on schema tenantry_api to tenantry_tenant",
            ROLE_GRANT,
            "tenantry_api",
            "revoke create on schema tenantry_api from tenantry_tenant"),
        of(
            "grant create on schema pg_catalog to tenantry_app",
            ROLE_GRANT,
            "pg_catalog",
            "revoke create on schema pg_catalog from tenantry_app"),
        of(
            "grant select on tenantry_control.tenants to tenantry_tenant",
            TABLE_GRANT,
            "tenantry_control.tenants",
            "revoke select on tenantry_control.tenants from tenantry_tenant"),
        of(
            "grant truncate on " + REPORTS + " to tenantry_tenant",
            TABLE_GRANT,
            REPORTS,
            "revoke truncate on " + REPORTS + " from tenantry_tenant"),
        of(
            "grant update on " + PROBES + " to tenantry_tenant",
            TABLE_GRANT,
            PROBES,
            "revoke update on " + PROBES + " from tenantry_tenant"),
        of(
            "grant insert on " + REPORTS + " to tenantry_reader",
            TABLE_GRANT,
            REPORTS,
            "revoke insert on " + REPORTS + " from tenantry_reader"),
        of(
            "grant select on " + REPORTS + " to tenantry_app",
            TABLE_GRANT,
            REPORTS,
            "revoke select on " + REPORTS + " from tenantry_app"),
        of(
            "grant select on " + REPORTS + " to public",
            TABLE_GRANT,
            REPORTS,
            "revoke select on " + REPORTS + " from public"),
        of(
            "grant select (title) on " + REPORTS + " to tenantry_app",
            TABLE_GRANT,
            REPORTS + ".title",
            "revoke select (title) on " + REPORTS + " from tenantry_app"),
        of(
            "grant select on pg_catalog.pg_authid to tenantry_app_a",
            ROLE_GRANT,
            "pg_catalog.pg_authid",
            "revoke select on pg_catalog.pg_authid from tenantry_app_a"),
        of(
            "grant usage on language plpgsql to public",
            ROLE_GRANT,
            "language plpgsql",
            "revoke usage on language plpgsql from public"),
        of(
            "grant set on parameter session_replication_role to tenantry_tenant",
            ROLE_GRANT,
            "parameter session_replication_role",
            "revoke set on parameter session_replication_role from tenantry_tenant"),
        of(
            "alter default privileges grant select on tables to public",
            ROLE_GRANT,
            "default privileges",
            "alter default privileges revoke select on tables from public"),
        of(
            "create foreign data wrapper w; grant usage on foreign data wrapper w to"
                + " tenantry_tenant",
            ROLE_GRANT,
            "foreign data wrapper w",
            "drop foreign data wrapper w"),
        of(
            "grant create on tablespace pg_default to tenantry_app_a",
            ROLE_GRANT,
            "tablespace pg_default",
            "revoke create on tablespace pg_default from tenantry_app_a"));
  }

  private static Stream<Violation> settings() {
    return Stream.of(
        of(
            "alter role tenantry_app_a set statement_timeout = 0",
            ROLE_SETTING,
            "tenantry_app_a",
            "alter role tenantry_app_a reset statement_timeout"),
        of(
            "alter role tenantry_app_a set standard_conforming_strings = off",
            ROLE_SETTING,
            "tenantry_app_a",
            "alter role tenantry_app_a reset standard_conforming_strings"),
        of(
            "alter database linted set row_security = off",
            ROLE_SETTING,
            "linted",
            "alter database linted reset row_security"),
        of(
            "alter database linted reset log_parameter_max_length",
            PARAMETERS_LOGGED,
            "log_parameter_max_length",
            "alter database linted set log_parameter_max_length = 0"),
        of(
            "alter database linted set log_parameter_max_length_on_error = 10",
            PARAMETERS_LOGGED,
            "log_parameter_max_length_on_error",
            "alter database linted set log_parameter_max_length_on_error = 0"),
        of(
            "alter role tenantry_app_b set log_parameter_max_length = -1",
            ROLE_SETTING,
            "tenantry_app_b",
            "alter role tenantry_app_b reset log_parameter_max_length"));
  }

  private static Stream<Violation> guard() {
    return Stream.of(
        of(
            "grant set on parameter backtrace_functions to tenantry_tenant",
            REGISTER_WRITABLE,
            "backtrace_functions",
            "revoke set on parameter backtrace_functions from tenantry_tenant"),
        of(
            "grant set on parameter backtrace_functions to public",
            REGISTER_WRITABLE,
            "backtrace_functions",
            "revoke set on parameter backtrace_functions from public"),
        of(
            "revoke set on parameter backtrace_functions from tenantry_guard",
            GUARD_MISSING,
            "backtrace_functions",
            "grant set on parameter backtrace_functions to tenantry_guard"),
        of(
            "alter function " + ENTER + " rename to entered",
            GUARD_MISSING,
            "tenantry_guard.enter(",
            "alter function tenantry_guard.entered(uuid, int, bigint, bytea, int, int) rename to"
                + " enter"),
        of(
            "alter function " + ENTER + " reset search_path",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "alter function " + ENTER + " set search_path = pg_catalog, pg_temp"),
        of(
            "alter function " + ENTER + " security invoker",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "alter function " + ENTER + " security definer"),
        of(
            "alter function tenantry_guard.current_tenant() owner to current_user",
            GUARD_CHANGED,
            "tenantry_guard.current_tenant()",
            "alter function tenantry_guard.current_tenant() owner to tenantry_guard"),
        of(
            "grant execute on function " + ENTER + " to public",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "revoke execute on function " + ENTER + " from public"),
        of(
            "grant execute on function tenantry_guard.add_key(int, bytea, bytea) to tenantry_app",
            GUARD_CHANGED,
            "tenantry_guard.add_key(",
            "revoke execute on function tenantry_guard.add_key(int, bytea, bytea) from"
                + " tenantry_app"),
        of(
            "create function tenantry_guard.extra() returns int language sql return 1",
            GUARD_CHANGED,
            "tenantry_guard.extra()",
            "drop function tenantry_guard.extra()"),
        of(
            "grant select on tenantry_guard.capability_keys to tenantry_control",
            GUARD_CHANGED,
            "tenantry_guard.capability_keys",
            "revoke select on tenantry_guard.capability_keys from tenantry_control"),
        of(
            "alter event trigger tenantry_refuse_ddl disable",
            GUARD_MISSING,
            "event trigger tenantry_refuse_ddl",
            "alter event trigger tenantry_refuse_ddl enable always"),
        of(
            "drop event trigger tenantry_refuse_ddl",
            GUARD_MISSING,
            "event trigger tenantry_refuse_ddl",
            "create event trigger tenantry_refuse_ddl on ddl_command_start execute function"
                + " tenantry_guard.refuse_ddl(); alter event trigger tenantry_refuse_ddl enable"
                + " always"),
        of(
            "alter schema tenantry_guard owner to tenantry_owner",
            GUARD_CHANGED,
            "tenantry_guard",
            "alter schema tenantry_guard owner to tenantry_guard"));
  }

  private static Stream<Violation> functions() {
    return Stream.of(
        of(
            "grant execute on function pg_catalog.set_config(text, text, boolean) to public",
            FUNCTION_PUBLIC,
            "set_config(",
            "revoke execute on function pg_catalog.set_config(text, text, boolean) from public"),
        of(
            "grant execute on function pg_catalog.ts_rewrite(tsquery, text) to public",
            FUNCTION_PUBLIC,
            "ts_rewrite(tsquery,text)",
            "revoke execute on function pg_catalog.ts_rewrite(tsquery, text) from public"),
        of(
            "grant execute on function pg_catalog.lo_creat(int) to tenantry_tenant",
            ROLE_GRANT,
            "lo_creat(",
            "revoke execute on function pg_catalog.lo_creat(int) from tenantry_tenant"),
        of(
            "grant execute on function pg_catalog.pg_read_file(text) to tenantry_control",
            ROLE_GRANT,
            "pg_read_file(",
            "revoke execute on function pg_catalog.pg_read_file(text) from tenantry_control"),
        of(
            "create function public.unseen() returns int language sql volatile return 1",
            FUNCTION_UNKNOWN,
            "public.unseen()",
            "drop function public.unseen()"));
  }

  private static Stream<Violation> tables() {
    return Stream.of(
        of(
            "alter table " + REPORTS + " no force row level security",
            ROW_SECURITY_MISSING,
            REPORTS,
            "alter table " + REPORTS + " force row level security"),
        of(
            "alter table " + REPORTS + " disable row level security",
            ROW_SECURITY_MISSING,
            REPORTS,
            "alter table " + REPORTS + " enable row level security"),
        of(
            "create policy other on " + REPORTS + " using (true)",
            POLICY_NOT_CANONICAL,
            REPORTS,
            "drop policy other on " + REPORTS),
        of(
            "alter policy tenant_isolation on " + PROBES + " using (true)",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " " + CANONICAL),
        of(
            "alter policy tenant_isolation on " + PROBES + " with check (true)",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " " + CANONICAL),
        of(
            "alter policy tenant_isolation on " + PROBES + " to tenantry_reader",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " to public"),
        of(
            "create unique index by_title on " + REPORTS + " (title)",
            KEY_WITHOUT_TENANT,
            "tenantry_api.by_title",
            "drop index tenantry_api.by_title"),
        of(
            "alter table "
                + REPORTS
                + " add constraint to_run foreign key (id) references tenantry_control.operations"
                + " (id)",
            KEY_WITHOUT_TENANT,
            REPORTS + ".to_run",
            "alter table " + REPORTS + " drop constraint to_run"),
        of(
            "create table tenantry_api.forgotten (id int); grant select on tenantry_api.forgotten"
                + " to tenantry_tenant",
            KEY_WITHOUT_TENANT,
            "tenantry_api.forgotten",
            "drop table tenantry_api.forgotten"),
        of(
            "create table tenantry_demo.forgotten (tenant_id uuid not null); grant select on"
                + " tenantry_demo.forgotten to tenantry_control",
            ROW_SECURITY_MISSING,
            "tenantry_demo.forgotten",
            "drop table tenantry_demo.forgotten"));
  }

  private static Stream<Violation> code() {
    return Stream.of(
        of(
            "create view tenantry_api.seen as select title from " + REPORTS,
            VIEW_AS_OWNER,
            "tenantry_api.seen",
            "drop view tenantry_api.seen"),
        of(
            "create materialized view tenantry_api.kept as select title from "
                + REPORTS
                + "; grant select on tenantry_api.kept to tenantry_tenant",
            COPY_OF_ROWS,
            "tenantry_api.kept",
            "drop materialized view tenantry_api.kept"),
        of(
            "create function tenantry_api.found() returns int language sql immutable return 1",
            CODE_UNKNOWN,
            "tenantry_api.found()",
            "drop function tenantry_api.found()"),
        of(
            "create function public.powerful() returns int language sql immutable security definer"
                + " return 1",
            CODE_UNKNOWN,
            "public.powerful()",
            "drop function public.powerful()"),
        of(
            "create function public.fired() returns trigger language plpgsql as 'begin return new;"
                + " end'; create trigger t before insert on "
                + REPORTS
                + " execute function public.fired()",
            CODE_UNKNOWN,
            REPORTS + ".t",
            "drop function public.fired() cascade"),
        of(
            "alter table tenantry_control.audit_events disable trigger audit_events_append_only",
            CODE_UNKNOWN,
            "tenantry_control.audit_events.audit_events_append_only",
            "alter table tenantry_control.audit_events enable trigger audit_events_append_only"),
        of(
            "create rule r as on insert to " + REPORTS + " do instead nothing",
            CODE_UNKNOWN,
            REPORTS + ".r",
            "drop rule r on " + REPORTS),
        of(
            "create function public.ended() returns event_trigger language plpgsql as 'begin end';"
                + " create event trigger e on ddl_command_end execute function public.ended()",
            CODE_UNKNOWN,
            "event trigger e",
            "drop function public.ended() cascade"),
        of(
            "create operator public.=== (leftarg = uuid, rightarg = uuid, function ="
                + " pg_catalog.uuid_eq)",
            CODE_UNKNOWN,
            "operator ",
            "drop operator public.=== (uuid, uuid)"),
        of(
            "create cast (uuid as bytea) with inout",
            CODE_UNKNOWN,
            "cast from uuid to bytea",
            "drop cast (uuid as bytea)"),
        of(
            "create foreign data wrapper w; create server s foreign data wrapper w",
            CODE_UNKNOWN,
            "foreign server s",
            "drop foreign data wrapper w cascade"),
        of(
            "create publication p for table " + REPORTS,
            CODE_UNKNOWN,
            "publication p",
            "drop publication p"));
  }
}
