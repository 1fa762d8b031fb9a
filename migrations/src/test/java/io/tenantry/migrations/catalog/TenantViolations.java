package io.tenantry.migrations.catalog;

import static io.tenantry.migrations.catalog.Violation.by;
import static io.tenantry.tenancy.finding.FindingCode.CODE_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.COPY_OF_ROWS;
import static io.tenantry.tenancy.finding.FindingCode.KEY_WITHOUT_TENANT;
import static io.tenantry.tenancy.finding.FindingCode.POLICY_NOT_CANONICAL;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_ATTRIBUTE;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_MEMBERSHIP;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_OWNERSHIP;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING;
import static io.tenantry.tenancy.finding.FindingCode.ROW_SECURITY_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.TABLE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.VIEW_AS_OWNER;

import java.util.stream.Stream;

/** What only the full look finds: roles and schemas of tenants. */
final class TenantViolations {

  private static final String CANONICAL =
      "using (tenant_id = (select tenantry_guard.current_tenant()))"
          + " with check (tenant_id = (select tenantry_guard.current_tenant()))";

  private TenantViolations() {}

  static Stream<Violation> all() {
    return Stream.of(roles(), grants(), tables()).flatMap(rows -> rows);
  }

  private static Stream<Violation> roles() {
    return Stream.of(
        by(
            "alter role app_<acme> login",
            ROLE_ATTRIBUTE,
            "app_<acme>",
            "alter role app_<acme> nologin"),
        by(
            "alter role app_<acme> bypassrls",
            ROLE_ATTRIBUTE,
            "app_<acme>",
            "alter role app_<acme> nobypassrls"),
        by(
            "create role app_tenant_0123456789abcdef0123456789abcdef superuser",
            ROLE_ATTRIBUTE,
            "app_tenant_0123456789abcdef0123456789abcdef",
            "drop role app_tenant_0123456789abcdef0123456789abcdef"),
        by(
            "grant app_<globex> to app_<acme>",
            ROLE_MEMBERSHIP,
            "app_<acme>",
            "revoke app_<globex> from app_<acme>"),
        by(
            "grant tenantry_reader to app_<acme>",
            ROLE_MEMBERSHIP,
            "app_<acme>",
            "revoke tenantry_reader from app_<acme>"),
        by(
            "create role stranger in role app_<acme>",
            ROLE_MEMBERSHIP,
            "stranger",
            "drop role stranger"),
        by(
            "alter role app_<acme> set search_path = public",
            ROLE_SETTING,
            "app_<acme>",
            "alter role app_<acme> reset all"),
        by(
            "create table public.owned (id int); alter table public.owned owner to app_<acme>",
            ROLE_OWNERSHIP,
            "app_<acme>",
            "drop table public.owned"),
        by(
            "alter table <acme>.desk_orders owner to tenantry_migrator",
            ROLE_OWNERSHIP,
            "<acme>.desk_orders",
            "alter table <acme>.desk_orders owner to tenantry_owner"),
        by(
            "alter schema <acme> owner to current_user",
            ROLE_OWNERSHIP,
            "<acme>",
            "alter schema <acme> owner to tenantry_owner"));
  }

  private static Stream<Violation> grants() {
    return Stream.of(
        by(
            "grant usage on schema <globex> to app_<acme>",
            ROLE_GRANT,
            "<globex>",
            "revoke usage on schema <globex> from app_<acme>"),
        by(
            "grant create on schema <acme> to app_<acme>",
            ROLE_GRANT,
            "<acme>",
            "revoke create on schema <acme> from app_<acme>"),
        by(
            "grant usage on schema <acme> to public",
            ROLE_GRANT,
            "<acme>",
            "revoke usage on schema <acme> from public"),
        by(
            "grant select on <globex>.desk_orders to app_<acme>",
            TABLE_GRANT,
            "<globex>.desk_orders",
            "revoke select on <globex>.desk_orders from app_<acme>"),
        by(
            "grant select on <acme>.desk_orders to tenantry_app",
            TABLE_GRANT,
            "<acme>.desk_orders",
            "revoke select on <acme>.desk_orders from tenantry_app"),
        by(
            "grant references on <acme>.desk_orders to app_<acme>",
            TABLE_GRANT,
            "<acme>.desk_orders",
            "revoke references on <acme>.desk_orders from app_<acme>"),
        by(
            "grant update, delete on <acme>.audit_events to app_<acme>",
            TABLE_GRANT,
            "<acme>.audit_events",
            "revoke update, delete on <acme>.audit_events from app_<acme>"),
        by(
            "grant select on <acme>.databasechangelog to app_<acme>",
            TABLE_GRANT,
            "<acme>.databasechangelog",
            "revoke select on <acme>.databasechangelog from app_<acme>"),
        by(
            "grant select on <acme>.desk_orders to app_<acme> with grant option",
            TABLE_GRANT,
            "<acme>.desk_orders",
            "revoke grant option for select on <acme>.desk_orders from app_<acme>"),
        by(
            "grant update (fee) on <acme>.desk_fills to app_<acme>",
            TABLE_GRANT,
            "<acme>.desk_fills.fee",
            "revoke update (fee) on <acme>.desk_fills from app_<acme>"),
        by(
            "grant execute on function pg_catalog.pg_sleep(double precision) to app_<acme>",
            ROLE_GRANT,
            "app_<acme>",
            "revoke execute on function pg_catalog.pg_sleep(double precision) from app_<acme>"),
        by(
            "create materialized view <acme>.kept as select 1 as one; grant select on <acme>.kept"
                + " to app_<acme>",
            COPY_OF_ROWS,
            "<acme>.kept",
            "drop materialized view <acme>.kept"));
  }

  private static Stream<Violation> tables() {
    return Stream.of(
        by(
            "alter table <acme>.desk_orders no force row level security",
            ROW_SECURITY_MISSING,
            "<acme>.desk_orders",
            "alter table <acme>.desk_orders force row level security"),
        by(
            "alter table <acme>.desk_fills disable row level security",
            ROW_SECURITY_MISSING,
            "<acme>.desk_fills",
            "alter table <acme>.desk_fills enable row level security"),
        by(
            "drop policy tenant_isolation on <acme>.desk_orders",
            POLICY_NOT_CANONICAL,
            "<acme>.desk_orders",
            "create policy tenant_isolation on <acme>.desk_orders " + CANONICAL),
        by(
            "create policy other on <acme>.desk_orders for select using (true)",
            POLICY_NOT_CANONICAL,
            "<acme>.desk_orders",
            "drop policy other on <acme>.desk_orders"),
        by(
            "create unique index probing on <acme>.desk_orders (id)",
            KEY_WITHOUT_TENANT,
            "<acme>.probing",
            "drop index <acme>.probing"),
        by(
            "create table <acme>.forgotten (id int); grant select on <acme>.forgotten to"
                + " app_<acme>",
            KEY_WITHOUT_TENANT,
            "<acme>.forgotten",
            "drop table <acme>.forgotten"),
        by(
            "create table <acme>.forgotten (id int); grant select on <acme>.forgotten to"
                + " app_<acme>",
            ROW_SECURITY_MISSING,
            "<acme>.forgotten",
            "drop table <acme>.forgotten"),
        by(
            "create view <acme>.seen as select 1 as one",
            VIEW_AS_OWNER,
            "<acme>.seen",
            "drop view <acme>.seen"),
        by(
            "alter table <acme>.audit_events disable trigger audit_events_append_only",
            CODE_UNKNOWN,
            "<acme>.audit_events.audit_events_append_only",
            "alter table <acme>.audit_events enable trigger audit_events_append_only"),
        by(
            "create function <acme>.hidden() returns int language sql immutable return 1",
            CODE_UNKNOWN,
            "<acme>.hidden()",
            "drop function <acme>.hidden()"));
  }
}
