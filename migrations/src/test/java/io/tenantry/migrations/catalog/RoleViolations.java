package io.tenantry.migrations.catalog;

import static io.tenantry.migrations.catalog.Violation.by;
import static io.tenantry.tenancy.finding.FindingCode.DATABASE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.PARAMETERS_LOGGED;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_ATTRIBUTE;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_MEMBERSHIP;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_OWNERSHIP;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING;
import static io.tenantry.tenancy.finding.FindingCode.TABLE_GRANT;

import java.util.stream.Stream;

/**
 * Roles, what they are granted, and what settings they carry; nothing of it is in a tenant's
 * schema.
 */
final class RoleViolations {

  private static final String PROBES = "tenantry_api.api_isolation_probes";
  private static final String REPORTS = "tenantry_api.research_reports";

  private RoleViolations() {}

  static Stream<Violation> all() {
    return Stream.of(roles(), grants(), settings()).flatMap(rows -> rows);
  }

  private static Stream<Violation> roles() {
    return Stream.of(
        by(
            "alter role tenantry_app_a createdb",
            ROLE_ATTRIBUTE,
            "tenantry_app_a",
            "alter role tenantry_app_a nocreatedb"),
        by(
            "alter role tenantry_app_b superuser",
            ROLE_ATTRIBUTE,
            "tenantry_app_b",
            "alter role tenantry_app_b nosuperuser"),
        by(
            "alter role tenantry_app inherit",
            ROLE_ATTRIBUTE,
            "tenantry_app",
            "alter role tenantry_app noinherit"),
        by(
            "alter role tenantry_tenant bypassrls",
            ROLE_ATTRIBUTE,
            "tenantry_tenant",
            "alter role tenantry_tenant nobypassrls"),
        by(
            "alter role tenantry_owner login",
            ROLE_ATTRIBUTE,
            "tenantry_owner",
            "alter role tenantry_owner nologin"),
        by(
            "alter role tenantry_control_a replication",
            ROLE_ATTRIBUTE,
            "tenantry_control_a",
            "alter role tenantry_control_a noreplication"),
        by(
            "alter role tenantry_reader rename to away",
            ROLE_MISSING,
            "tenantry_reader",
            "alter role away rename to tenantry_reader"),
        by(
            "create role tenantry_extra superuser",
            ROLE_ATTRIBUTE,
            "tenantry_extra",
            "drop role tenantry_extra"),
        by(
            "create role tenantry_extra bypassrls",
            ROLE_ATTRIBUTE,
            "tenantry_extra",
            "drop role tenantry_extra"),
        by("create role ro_tenant_x login", ROLE_ATTRIBUTE, "ro_tenant_x", "drop role ro_tenant_x"),
        by(
            "create role tenantry_vault superuser createrole login noinherit",
            ROLE_ATTRIBUTE,
            "tenantry_vault",
            "drop role tenantry_vault"),
        by(
            "grant tenantry_owner to tenantry_app_a",
            ROLE_MEMBERSHIP,
            "tenantry_app_a",
            "revoke tenantry_owner from tenantry_app_a"),
        by(
            "grant tenantry_guard to tenantry_migrator",
            ROLE_MEMBERSHIP,
            "tenantry_migrator",
            "revoke tenantry_guard from tenantry_migrator"),
        by(
            "grant pg_read_all_data to tenantry_control",
            ROLE_MEMBERSHIP,
            "tenantry_control",
            "revoke pg_read_all_data from tenantry_control"),
        by(
            "revoke tenantry_app from tenantry_app_b",
            ROLE_MEMBERSHIP,
            "tenantry_app_b",
            "do $$ begin if current_setting('server_version_num')::int >= 160000 then execute"
                + " 'grant tenantry_app to tenantry_app_b with inherit false'; else grant"
                + " tenantry_app to tenantry_app_b; end if; end $$"),
        by(
            "create role stranger in role tenantry_owner",
            ROLE_MEMBERSHIP,
            "stranger",
            "drop role stranger"),
        by(
            "create table public.owned (id int); alter table public.owned owner to tenantry_app_a",
            ROLE_OWNERSHIP,
            "tenantry_app_a",
            "drop table public.owned"),
        by(
            "alter table " + REPORTS + " owner to tenantry_migrator",
            ROLE_OWNERSHIP,
            REPORTS,
            "alter table " + REPORTS + " owner to tenantry_owner"),
        by(
            "alter schema tenantry_api owner to current_user",
            ROLE_OWNERSHIP,
            "tenantry_api",
            "alter schema tenantry_api owner to tenantry_owner"));
  }

  private static Stream<Violation> grants() {
    return Stream.of(
        by(
            "grant temporary on database linted to public",
            DATABASE_GRANT,
            "linted",
            "revoke temporary on database linted from public"),
        by(
            "grant create on database linted to tenantry_app_a",
            DATABASE_GRANT,
            "linted",
            "revoke create on database linted from tenantry_app_a"),
        by(
            "grant create on schema public to public",
            DATABASE_GRANT,
            "public",
            "revoke create on schema public from public"),
        by(
            "grant usage on schema tenantry_control to tenantry_tenant",
            ROLE_GRANT,
            "tenantry_control",
            "revoke usage on schema tenantry_control from tenantry_tenant"),
        by(
            "grant create on schema tenantry_api to tenantry_tenant",
            ROLE_GRANT,
            "tenantry_api",
            "revoke create on schema tenantry_api from tenantry_tenant"),
        by(
            "grant create on schema pg_catalog to tenantry_app",
            ROLE_GRANT,
            "pg_catalog",
            "revoke create on schema pg_catalog from tenantry_app"),
        by(
            "grant select on tenantry_control.tenants to tenantry_tenant",
            TABLE_GRANT,
            "tenantry_control.tenants",
            "revoke select on tenantry_control.tenants from tenantry_tenant"),
        by(
            "grant truncate on " + REPORTS + " to tenantry_tenant",
            TABLE_GRANT,
            REPORTS,
            "revoke truncate on " + REPORTS + " from tenantry_tenant"),
        by(
            "grant update on " + PROBES + " to tenantry_tenant",
            TABLE_GRANT,
            PROBES,
            "revoke update on " + PROBES + " from tenantry_tenant"),
        by(
            "create table tenantry_api.ref_x (id int); alter table tenantry_api.ref_x owner to"
                + " tenantry_owner; grant select, insert, update, delete on tenantry_api.ref_x to"
                + " tenantry_tenant",
            TABLE_GRANT,
            "tenantry_api.ref_x",
            "drop table tenantry_api.ref_x"),
        by(
            "create table tenantry_api.ref_x (id int); alter table tenantry_api.ref_x owner to"
                + " tenantry_owner; grant select, insert on tenantry_api.ref_x to tenantry_tenant",
            TABLE_GRANT,
            "tenantry_api.ref_x",
            "drop table tenantry_api.ref_x"),
        by(
            "grant insert on " + REPORTS + " to tenantry_reader",
            TABLE_GRANT,
            REPORTS,
            "revoke insert on " + REPORTS + " from tenantry_reader"),
        by(
            "grant select on " + REPORTS + " to tenantry_app",
            TABLE_GRANT,
            REPORTS,
            "revoke select on " + REPORTS + " from tenantry_app"),
        by(
            "grant select on " + REPORTS + " to public",
            TABLE_GRANT,
            REPORTS,
            "revoke select on " + REPORTS + " from public"),
        by(
            "grant select (title) on " + REPORTS + " to tenantry_app",
            TABLE_GRANT,
            REPORTS + ".title",
            "revoke select (title) on " + REPORTS + " from tenantry_app"),
        by(
            "grant select on pg_catalog.pg_authid to tenantry_app_a",
            ROLE_GRANT,
            "pg_catalog.pg_authid",
            "revoke select on pg_catalog.pg_authid from tenantry_app_a"),
        by(
            "grant usage on language plpgsql to public",
            ROLE_GRANT,
            "language plpgsql",
            "revoke usage on language plpgsql from public"),
        by(
            "grant set on parameter session_replication_role to tenantry_tenant",
            ROLE_GRANT,
            "parameter session_replication_role",
            "revoke set on parameter session_replication_role from tenantry_tenant"),
        by(
            "alter default privileges grant select on tables to public",
            ROLE_GRANT,
            "default privileges",
            "alter default privileges revoke select on tables from public"),
        by(
            "create foreign data wrapper w; grant usage on foreign data wrapper w to"
                + " tenantry_tenant",
            ROLE_GRANT,
            "foreign data wrapper w",
            "drop foreign data wrapper w"),
        by(
            "grant create on tablespace pg_default to tenantry_app_a",
            ROLE_GRANT,
            "tablespace pg_default",
            "revoke create on tablespace pg_default from tenantry_app_a"));
  }

  private static Stream<Violation> settings() {
    return Stream.of(
        by(
            "alter role tenantry_app_a set statement_timeout = 0",
            ROLE_SETTING,
            "tenantry_app_a",
            "alter role tenantry_app_a reset statement_timeout"),
        by(
            "alter role tenantry_app_a set standard_conforming_strings = off",
            ROLE_SETTING,
            "tenantry_app_a",
            "alter role tenantry_app_a reset standard_conforming_strings"),
        by(
            "alter role tenantry_app_a in database linted reset temp_file_limit",
            ROLE_SETTING,
            "tenantry_app_a",
            "alter role tenantry_app_a in database linted set temp_file_limit = '1GB'"),
        by(
            "alter role tenantry_app_b in database linted set temp_file_limit = '2GB'",
            ROLE_SETTING,
            "tenantry_app_b",
            "alter role tenantry_app_b in database linted set temp_file_limit = '1GB'"),
        by(
            "alter role tenantry_app_b in database linted set temp_file_limit = -1",
            ROLE_SETTING,
            "tenantry_app_b",
            "alter role tenantry_app_b in database linted set temp_file_limit = '1GB'"),
        by(
            "alter role tenantry_control_a set session_preload_libraries = 'auto_explain'",
            ROLE_SETTING,
            "tenantry_control_a",
            "alter role tenantry_control_a reset session_preload_libraries"),
        by(
            "alter database linted set backtrace_functions = 'x'",
            ROLE_SETTING,
            "backtrace_functions",
            "alter database linted set backtrace_functions = ''"),
        explained(),
        by(
            "alter database linted set row_security = off",
            ROLE_SETTING,
            "linted",
            "alter database linted reset row_security"),
        by(
            "alter database linted reset log_parameter_max_length",
            PARAMETERS_LOGGED,
            "log_parameter_max_length",
            "alter database linted set log_parameter_max_length = 0"),
        by(
            "alter database linted set log_parameter_max_length_on_error = 10",
            PARAMETERS_LOGGED,
            "log_parameter_max_length_on_error",
            "alter database linted set log_parameter_max_length_on_error = 0"),
        by(
            "alter role tenantry_app_b set log_parameter_max_length = -1",
            ROLE_SETTING,
            "tenantry_app_b",
            "alter role tenantry_app_b reset log_parameter_max_length"));
  }

  /** Before 16 that module shows no bound values; that somebody has loaded it is a finding. */
  private static Violation explained() {
    boolean shows = Linted.PLATFORM.postgres().majorVersion() >= 16;
    return by(
        "alter database linted set session_preload_libraries = 'auto_explain'",
        shows ? PARAMETERS_LOGGED : ROLE_SETTING,
        shows ? "auto_explain.log_parameter_max_length" : "linted",
        "alter database linted reset session_preload_libraries");
  }
}
