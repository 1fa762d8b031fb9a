package io.tenantry.testkit;

import java.util.List;

/** What docs/own-postgresql.md tells to set up for PgBouncer's {@code auth_query}. */
final class PoolerLogin {

  private static final String FUNCTION =
      """
      create or replace function tenantry_pooler.verifier(login text)
      returns table (name text, verifier text)
      language sql stable security definer set search_path = pg_catalog, pg_temp
      begin atomic
        select rolname::text, rolpassword from pg_authid
        where rolname = login and rolname in ('tenantry_app_a', 'tenantry_app_b')
          and rolcanlogin and (rolvaliduntil is null or rolvaliduntil > now());
      end
      """;

  private PoolerLogin() {}

  static List<String> statements(String database, String role, String password) {
    return List.of(
        role(role, password),
        "create schema if not exists tenantry_pooler",
        FUNCTION,
        "revoke all on function tenantry_pooler.verifier(text) from public",
        "grant connect on database \"" + database + "\" to " + role,
        "grant usage on schema tenantry_pooler to " + role,
        "grant execute on function tenantry_pooler.verifier(text) to " + role);
  }

  private static String role(String role, String password) {
    return """
    do $$
    begin
      if not exists (select from pg_roles where rolname = '%1$s') then
        create role %1$s login noinherit;
      end if;
      alter role %1$s password '%2$s';
    end
    $$
    """
        .formatted(role, password);
  }
}
