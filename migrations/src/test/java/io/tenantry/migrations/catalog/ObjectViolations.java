package io.tenantry.migrations.catalog;

import static io.tenantry.migrations.catalog.Violation.by;
import static io.tenantry.tenancy.finding.FindingCode.CODE_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.COPY_OF_ROWS;
import static io.tenantry.tenancy.finding.FindingCode.EXTENSION_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_LEAKPROOF;
import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_PUBLIC;
import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.GUARD_CHANGED;
import static io.tenantry.tenancy.finding.FindingCode.GUARD_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.KEY_WITHOUT_TENANT;
import static io.tenantry.tenancy.finding.FindingCode.POLICY_NOT_CANONICAL;
import static io.tenantry.tenancy.finding.FindingCode.REGISTER_WRITABLE;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.ROW_SECURITY_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.VIEW_AS_OWNER;

import java.util.stream.Stream;

/** The guard, functions, tables and code; nothing of it is in a tenant's schema. */
final class ObjectViolations {

  private static final String ENTER = "tenantry_guard.enter(uuid, int, bigint, bytea, int, int)";
  private static final String CURRENT =
      "tenantry_guard.current_tenant() returns uuid language sql stable parallel safe";
  private static final String PROBES = "tenantry_api.api_isolation_probes";
  private static final String REPORTS = "tenantry_api.research_reports";
  private static final String CANONICAL =
      "using (tenant_id = (select tenantry_guard.current_tenant()))"
          + " with check (tenant_id = (select tenantry_guard.current_tenant()))";

  private ObjectViolations() {}

  static Stream<Violation> all() {
    return Stream.of(guard(), functions(), tables(), code()).flatMap(rows -> rows);
  }

  private static Stream<Violation> guard() {
    return Stream.of(
        by(
            "grant set on parameter backtrace_functions to tenantry_tenant",
            REGISTER_WRITABLE,
            "backtrace_functions",
            "revoke set on parameter backtrace_functions from tenantry_tenant"),
        by(
            "grant set on parameter backtrace_functions to public",
            REGISTER_WRITABLE,
            "backtrace_functions",
            "revoke set on parameter backtrace_functions from public"),
        by(
            "revoke set on parameter backtrace_functions from tenantry_guard",
            GUARD_MISSING,
            "backtrace_functions",
            "grant set on parameter backtrace_functions to tenantry_guard"),
        by(
            "alter function " + ENTER + " rename to entered",
            GUARD_MISSING,
            "tenantry_guard.enter(",
            "alter function tenantry_guard.entered(uuid, int, bigint, bytea, int, int) rename to"
                + " enter"),
        by(
            "alter function " + ENTER + " reset search_path",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "alter function " + ENTER + " set search_path = pg_catalog, pg_temp"),
        by(
            "alter function " + ENTER + " security invoker",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "alter function " + ENTER + " security definer"),
        by(
            "alter function tenantry_guard.current_tenant() owner to current_user",
            GUARD_CHANGED,
            "tenantry_guard.current_tenant()",
            "alter function tenantry_guard.current_tenant() owner to tenantry_guard"),
        by(
            "create or replace function "
                + CURRENT
                + " return current_setting('app.tenant_id', true)::uuid",
            GUARD_CHANGED,
            "tenantry_guard.current_tenant()",
            "create or replace function "
                + CURRENT
                + " return case when replace(lower(current_setting('app.tenant_id', true)), '-',"
                + " '') = current_setting('backtrace_functions') then"
                + " nullif(current_setting('backtrace_functions'), '')::uuid end"),
        by(
            "grant execute on function " + ENTER + " to public",
            GUARD_CHANGED,
            "tenantry_guard.enter(",
            "revoke execute on function " + ENTER + " from public"),
        by(
            "grant execute on function tenantry_guard.add_key(int, bytea, bytea) to tenantry_app",
            GUARD_CHANGED,
            "tenantry_guard.add_key(",
            "revoke execute on function tenantry_guard.add_key(int, bytea, bytea) from"
                + " tenantry_app"),
        by(
            "create function tenantry_guard.extra() returns int language sql return 1",
            GUARD_CHANGED,
            "tenantry_guard.extra()",
            "drop function tenantry_guard.extra()"),
        by(
            "grant select on tenantry_guard.capability_keys to tenantry_control",
            GUARD_CHANGED,
            "tenantry_guard.capability_keys",
            "revoke select on tenantry_guard.capability_keys from tenantry_control"),
        by(
            "alter event trigger tenantry_refuse_ddl disable",
            GUARD_MISSING,
            "event trigger tenantry_refuse_ddl",
            "alter event trigger tenantry_refuse_ddl enable always"),
        by(
            "drop event trigger tenantry_refuse_ddl",
            GUARD_MISSING,
            "event trigger tenantry_refuse_ddl",
            "create event trigger tenantry_refuse_ddl on ddl_command_start execute function"
                + " tenantry_guard.refuse_ddl(); alter event trigger tenantry_refuse_ddl enable"
                + " always"),
        by(
            "alter schema tenantry_guard owner to current_user",
            GUARD_CHANGED,
            "tenantry_guard",
            "alter schema tenantry_guard owner to tenantry_guard"));
  }

  private static Stream<Violation> functions() {
    return Stream.of(
        by(
            "grant execute on function pg_catalog.set_config(text, text, boolean) to public",
            FUNCTION_PUBLIC,
            "set_config(",
            "revoke execute on function pg_catalog.set_config(text, text, boolean) from public"),
        by(
            "grant execute on function pg_catalog.ts_rewrite(tsquery, text) to public",
            FUNCTION_PUBLIC,
            "ts_rewrite(tsquery,text)",
            "revoke execute on function pg_catalog.ts_rewrite(tsquery, text) from public"),
        by(
            "grant execute on function pg_catalog.lo_creat(int) to tenantry_tenant",
            ROLE_GRANT,
            "lo_creat(",
            "revoke execute on function pg_catalog.lo_creat(int) from tenantry_tenant"),
        by(
            "grant execute on function pg_catalog.pg_read_file(text) to tenantry_control",
            ROLE_GRANT,
            "pg_read_file(",
            "revoke execute on function pg_catalog.pg_read_file(text) from tenantry_control"),
        by(
            "alter function pg_catalog.texteq(text, text) not leakproof; alter function"
                + " pg_catalog.textlike(text, text) leakproof",
            FUNCTION_LEAKPROOF,
            "textlike(text,text)",
            "alter function pg_catalog.texteq(text, text) leakproof; alter function"
                + " pg_catalog.textlike(text, text) not leakproof"),
        by(
            "create function public.peeking() returns int language sql immutable leakproof return"
                + " 1",
            FUNCTION_LEAKPROOF,
            "public.peeking()",
            "drop function public.peeking()"),
        by(
            "create function public.unseen() returns int language sql volatile return 1",
            FUNCTION_UNKNOWN,
            "public.unseen()",
            "drop function public.unseen()"));
  }

  private static Stream<Violation> tables() {
    return Stream.of(
        by(
            "alter table " + REPORTS + " no force row level security",
            ROW_SECURITY_MISSING,
            REPORTS,
            "alter table " + REPORTS + " force row level security"),
        by(
            "alter table " + REPORTS + " disable row level security",
            ROW_SECURITY_MISSING,
            REPORTS,
            "alter table " + REPORTS + " enable row level security"),
        by(
            "create policy other on " + REPORTS + " using (true)",
            POLICY_NOT_CANONICAL,
            REPORTS,
            "drop policy other on " + REPORTS),
        by(
            "alter policy tenant_isolation on " + PROBES + " using (true)",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " " + CANONICAL),
        by(
            "alter policy tenant_isolation on " + PROBES + " with check (true)",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " " + CANONICAL),
        by(
            "alter policy tenant_isolation on " + PROBES + " to tenantry_reader",
            POLICY_NOT_CANONICAL,
            PROBES,
            "alter policy tenant_isolation on " + PROBES + " to public"),
        by(
            "create unique index by_title on " + REPORTS + " (title)",
            KEY_WITHOUT_TENANT,
            "tenantry_api.by_title",
            "drop index tenantry_api.by_title"),
        by(
            "alter table "
                + REPORTS
                + " add constraint to_run foreign key (id) references tenantry_control.operations"
                + " (id)",
            KEY_WITHOUT_TENANT,
            REPORTS + ".to_run",
            "alter table " + REPORTS + " drop constraint to_run"),
        by(
            "create table tenantry_api.forgotten (id int); grant select on tenantry_api.forgotten"
                + " to tenantry_tenant",
            KEY_WITHOUT_TENANT,
            "tenantry_api.forgotten",
            "drop table tenantry_api.forgotten"),
        by(
            "create table tenantry_demo.forgotten (tenant_id uuid not null); grant select on"
                + " tenantry_demo.forgotten to tenantry_control",
            ROW_SECURITY_MISSING,
            "tenantry_demo.forgotten",
            "drop table tenantry_demo.forgotten"));
  }

  private static Stream<Violation> code() {
    return Stream.of(
        by(
            "create view tenantry_api.seen as select title from " + REPORTS,
            VIEW_AS_OWNER,
            "tenantry_api.seen",
            "drop view tenantry_api.seen"),
        by(
            "create materialized view tenantry_api.kept as select title from "
                + REPORTS
                + "; grant select on tenantry_api.kept to tenantry_tenant",
            COPY_OF_ROWS,
            "tenantry_api.kept",
            "drop materialized view tenantry_api.kept"),
        by(
            "create function tenantry_api.found() returns int language sql immutable return 1",
            CODE_UNKNOWN,
            "tenantry_api.found()",
            "drop function tenantry_api.found()"),
        by(
            "create function public.powerful() returns int language sql immutable security definer"
                + " return 1",
            CODE_UNKNOWN,
            "public.powerful()",
            "drop function public.powerful()"),
        by(
            "create function public.fired() returns trigger language plpgsql as 'begin return new;"
                + " end'; create trigger t before insert on "
                + REPORTS
                + " execute function public.fired()",
            CODE_UNKNOWN,
            REPORTS + ".t",
            "drop function public.fired() cascade"),
        by(
            "alter table tenantry_control.audit_events disable trigger audit_events_append_only",
            CODE_UNKNOWN,
            "tenantry_control.audit_events.audit_events_append_only",
            "alter table tenantry_control.audit_events enable trigger audit_events_append_only"),
        by(
            "create rule r as on insert to " + REPORTS + " do instead nothing",
            CODE_UNKNOWN,
            REPORTS + ".r",
            "drop rule r on " + REPORTS),
        by(
            "create function public.ended() returns event_trigger language plpgsql as 'begin end';"
                + " create event trigger e on ddl_command_end execute function public.ended()",
            CODE_UNKNOWN,
            "event trigger e",
            "drop function public.ended() cascade"),
        by(
            "create extension pg_stat_statements schema tenantry_ext",
            EXTENSION_UNKNOWN,
            "pg_stat_statements",
            "drop extension pg_stat_statements"),
        by(
            "create operator public.=== (leftarg = uuid, rightarg = uuid, function ="
                + " pg_catalog.uuid_eq)",
            CODE_UNKNOWN,
            "operator ",
            "drop operator public.=== (uuid, uuid)"),
        by(
            "create cast (uuid as bytea) with inout",
            CODE_UNKNOWN,
            "cast from uuid to bytea",
            "drop cast (uuid as bytea)"),
        by(
            "create foreign data wrapper w; create server s foreign data wrapper w",
            CODE_UNKNOWN,
            "foreign server s",
            "drop foreign data wrapper w cascade"),
        by(
            "create publication p for table " + REPORTS,
            CODE_UNKNOWN,
            "publication p",
            "drop publication p"));
  }
}
