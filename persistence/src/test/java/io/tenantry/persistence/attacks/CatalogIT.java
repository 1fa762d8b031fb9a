package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.KEYS;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalogs and the platform's own tables tell. */
@ExtendWith(NeighbourIsUnharmed.class)
class CatalogIT {

  private static final String KEYS_OF_TENANTS_DATA =
      """
      select c.conrelid::regclass || '.' || c.conname
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype in ('p', 'u', 'f', 'x') and a.attname <> 'tenant_id'
        and (c.connamespace = 'tenantry_api'::regnamespace or c.connamespace = '{globex.schema}'::regnamespace)
        and exists (select from pg_attribute t where t.attrelid = c.conrelid and t.attname = 'tenant_id')
      union all
      select i.indexrelid::regclass::text
      from pg_index i join pg_class r on r.oid = i.indrelid
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and a.attname is distinct from 'tenant_id'
        and r.relnamespace in ('tenantry_api'::regnamespace, '{globex.schema}'::regnamespace)
        and exists (select from pg_attribute t where t.attrelid = r.oid and t.attname = 'tenant_id')
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select slug, display_name from tenantry_control.tenants",
        "select * from tenantry_control.api_clients",
        "select * from tenantry_control.operations",
        "select * from tenantry_control.audit_events",
        "select * from tenantry_control.idempotency_keys",
        "update tenantry_control.tenants set slug = 'x'",
        "insert into tenantry_control.tenants (slug) values ('x')"
      })
  @Attack(
      tries = "Read or change the platform's own tables: directory, clients, operations, audit",
      stoppedBy = GRANTS)
  void thePlatformsTablesAreNotTheTenants(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
    bare().tries("set local role {globex.role}", sql).isRefusedByTheServer("42501");
    bare().tries("reset role", sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(tries = "Look for neighbours in `information_schema`", stoppedBy = SERVER)
  void theStandardCatalogListsOnesOwnOnly() {
    for (String view :
        List.of(
            "select table_schema from information_schema.tables where table_schema ="
                + " '{globex.schema}'",
            "select column_name from information_schema.columns where table_schema ="
                + " '{globex.schema}'",
            "select grantee from information_schema.table_privileges where table_schema ="
                + " '{globex.schema}'",
            "select schema_name from information_schema.schemata where schema_name ="
                + " '{globex.schema}'",
            "select role_name from information_schema.enabled_roles where role_name ="
                + " '{globex.role}'")) {
      guarded().tries(view).isEmpty();
    }
    guarded()
        .tries(
            "select count(*) > 0 from information_schema.tables where table_schema ="
                + " '{acme.schema}'")
        .is("t");
  }

  @Test
  @Attack(
      tries =
          "Enumerate neighbours in `pg_namespace`, `pg_roles`, `pg_class`; ask"
              + " `has_table_privilege`, `to_regclass`",
      stoppedBy = NONE,
      leaves =
          "Everybody may list the names of schemas, roles, tables and their grants: how many"
              + " tenants there are, their ids, and when each was made as far as ids tell. No slug,"
              + " no name, no row: none of our names or comments has them.")
  void theServersCatalogListsIdsAndNoNames() {
    guarded()
        .tries("select nspname from pg_catalog.pg_namespace where nspname = '{globex.schema}'")
        .is(Attacker.text("{globex.schema}"));
    guarded()
        .tries("select rolname from pg_catalog.pg_roles where rolname = '{globex.role}'")
        .is(Attacker.text("{globex.role}"));
    guarded()
        .tries("select has_schema_privilege('{globex.role}', '{globex.schema}', 'usage')")
        .is("t");
    for (String names :
        List.of(
            "select nspname from pg_catalog.pg_namespace where nspname like '%globex%'",
            "select rolname from pg_catalog.pg_roles where rolname like '%globex%'",
            "select description from pg_catalog.pg_description where description like '%globex%'",
            "select description from pg_catalog.pg_shdescription where description like '%globex%'",
            "select relname from pg_catalog.pg_class where relname like '%globex%'",
            "select setconfig from pg_catalog.pg_db_role_setting where setconfig::text like"
                + " '%globex%'")) {
      guarded().tries(names).isEmpty();
    }
  }

  @Test
  @Attack(
      tries = "Look for what a neighbour left in `pg_settings`, `current_setting`",
      stoppedBy = STATEMENT)
  void settingsShowOnesOwnTransactionOnly() {
    guarded()
        .as(Ground.GLOBEX)
        .tries("select current_setting('app.tenant_id')")
        .is(Ground.GLOBEX.toString());
    guarded()
        .tries(
            "select name from pg_catalog.pg_settings where setting like '%{globex.hex}%' or setting"
                + " = '{globex}'")
        .isEmpty();
    guarded()
        .tries("select current_setting('app.tenant_id'), current_setting('backtrace_functions')")
        .is(Attacker.text("{acme}|{acme.hex}"));
  }

  @Test
  @Attack(
      tries = "Find a key of tenants' data that does not begin with the tenant",
      stoppedBy = KEYS)
  void everyKeyBeginsWithTheTenant() throws Exception {
    Ground.asSuperuser(KEYS_OF_TENANTS_DATA).isEmpty();
    try (AutoCloseable _ =
        Ground.planted(
            List.of("create unique index planted on tenantry_api.research_reports (title)"),
            List.of("drop index tenantry_api.planted"))) {
      Ground.asSuperuser(KEYS_OF_TENANTS_DATA).is("tenantry_api.planted");
    }
  }

  @Test
  @Attack(
      tries = "Reach the neighbour through the placeholder of the tenant's schema",
      stoppedBy = GRANTS)
  void thePlaceholderIsAlwaysOnesOwnSchema() {
    guarded().tries("select symbol from tenant__schema.desk_orders").is("ACME");
    guarded()
        .tries("select symbol from \"{globex.schema}\".desk_orders")
        .isRefusedByTheServer("42501");
    guarded()
        .tries("select symbol from \"tenant__schema\".desk_orders")
        .isRefusedByTheServer("42P01");
  }

  @Test
  @Attack(
      tries = "Use types, functions and tables of a neighbour's schema by regclass and casts",
      stoppedBy = GRANTS)
  void nothingInANeighboursSchemaIsUsable() {
    for (String sql :
        List.of(
            "select '{globex.schema}.desk_orders'::regclass",
            "select to_regclass('{globex.schema}.desk_orders')",
            "select null::{globex.schema}.desk_orders",
            "select has_table_privilege('{globex.schema}.desk_orders', 'select')")) {
      guarded().tries(sql).isRefused("42501", "42704");
    }
  }
}
