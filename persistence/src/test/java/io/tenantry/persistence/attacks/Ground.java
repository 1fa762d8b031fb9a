package io.tenantry.persistence.attacks;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.connection.WithoutGuard;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A platform with two tenants that have rows in every table, and two ways in for the attacker. */
final class Ground {

  static final String DATABASE = "attacks";
  static final TestPlatform PLATFORM = TestPlatform.install(DATABASE);
  static final TenantId ACME = PLATFORM.tenant("acme");
  static final TenantId GLOBEX = PLATFORM.tenant("globex");

  /** The id of each tenant's own report, order and fill. */
  static final String ACMES_ROW = "0190a000-0000-7000-8000-00000000aaaa";

  static final String GLOBEXS_ROW = "0190a000-0000-7000-8000-00000000bbbb";

  private static final String EVERY_ROW_OF_THE_NEIGHBOURS =
      """
      select md5(string_agg(r.line, ',' order by r.line)) from (
        select t.xmin::text || t.xmax || t::text as line from tenantry_api.research_reports t where t.tenant_id = '{globex}'
        union all select t.xmin::text || t.xmax || t::text from tenantry_api.api_isolation_probes t where t.tenant_id = '{globex}'
        union all select t.xmin::text || t.xmax || t::text from {globex.schema}.desk_orders t
        union all select t.xmin::text || t.xmax || t::text from {globex.schema}.desk_fills t
        union all select t.xmin::text || t.xmax || t::text from {globex.schema}.audit_events t
        union all select t.xmin::text || t.xmax || t::text from {globex.schema}.api_idempotency_keys t
        union all select t.xmin::text || t.xmax || t::text from {acme.schema}.desk_orders t where t.tenant_id <> '{acme}'
        union all select n.nspname || n.nspacl::text from pg_namespace n where n.nspname = '{globex.schema}'
        union all select c.relname || c.relacl::text from pg_class c where c.relacl is not null
          and c.relnamespace in ('{globex.schema}'::regnamespace, 'tenantry_api'::regnamespace)
          and c.relname not like 'planted%'
        union all select s::text from pg_db_role_setting s
      ) r
      """;

  private static @Nullable Serving guarded;
  private static @Nullable Serving bare;

  private Ground() {}

  /** The way that requests take. */
  static synchronized Attacker guarded() {
    Serving serving = guarded;
    if (serving == null) {
      serving = start(Map.of());
      guarded = serving;
    }
    return new Attacker(serving, ACME);
  }

  /** The same without the check of the statement's text. */
  static synchronized Attacker bare() {
    Serving serving = bare;
    if (serving == null) {
      serving = startBare(Map.of());
      bare = serving;
    }
    return new Attacker(serving, ACME);
  }

  /** A pool of one connection: whoever comes next gets the same backend. */
  static Serving start(Map<String, Object> settings) {
    return Serving.start(PLATFORM.address(), PLATFORM.credentials(), all(settings));
  }

  static Serving startBare(Map<String, Object> settings) {
    return Serving.start(
        PLATFORM.address(), PLATFORM.credentials(), all(settings), WithoutGuard::register);
  }

  private static Map<String, Object> all(Map<String, Object> settings) {
    Map<String, Object> all = new java.util.HashMap<>(settings);
    all.put("tenantry.pool.size", "1");
    return all;
  }

  static synchronized void close() {
    if (guarded != null) {
      guarded.close();
      guarded = null;
    }
    if (bare != null) {
      bare.close();
      bare = null;
    }
  }

  /** Gives both tenants the rows that they begin with. */
  static void plant() {
    List<String> statements = new ArrayList<>();
    for (String tenant : List.of("acme", "globex")) {
      String id = tenant.equals("acme") ? ACMES_ROW : GLOBEXS_ROW;
      String mark = tenant.equals("acme") ? "1" : Outcome.MARK;
      String symbol = tenant.equals("acme") ? "ACME" : Outcome.MARK;
      String schema = "{" + tenant + ".schema}";
      statements.addAll(
          List.of(
              "delete from " + schema + ".desk_fills",
              "delete from " + schema + ".desk_orders",
              "delete from tenantry_api.research_reports where tenant_id = '{" + tenant + "}'",
              "insert into tenantry_api.research_reports (tenant_id, id, title, body) values ('{%s}', '%s', '%s', '%s')"
                  .formatted(tenant, id, mark, mark),
              "insert into %s.desk_orders (tenant_id, id, client_order_id, symbol, side, order_type, quantity) values ('{%s}', '%s', '%s', '%s', 'BUY', 'MARKET', 1)"
                  .formatted(schema, tenant, id, mark, symbol),
              "insert into %s.desk_fills (tenant_id, id, order_id, venue_fill_id, price, quantity, filled_at) values ('{%s}', '%s', '%s', '%s', 1, 1, now())"
                  .formatted(schema, tenant, id, id, mark),
              "insert into %s.audit_events (tenant_id, id, actor, action, subject_type, subject_id) values ('{%s}', '%s', '%s', 'order.placed', 'order', '%s') on conflict do nothing"
                  .formatted(schema, tenant, id, mark, id)));
    }
    asSuperuser(statements.toArray(String[]::new));
  }

  /** A hash of all that the neighbour has, with who wrote and who locked each row. */
  static String neighboursState() {
    return asSuperuser(EVERY_ROW_OF_THE_NEIGHBOURS).rows().getFirst();
  }

  /** Runs statements with all rights, each by itself; answers what the last one did. */
  static Outcome asSuperuser(String... statements) {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE)) {
      Outcome last = Outcome.of(List.of());
      for (String sql : statements) {
        last = Attacker.execute(connection, sql);
      }
      return last;
    } catch (SQLException e) {
      throw new IllegalStateException("While preparing an attack", e);
    }
  }

  /** Plants a mistake until what is answered is closed. */
  static AutoCloseable planted(List<String> now, List<String> later) {
    asSuperuser(now.toArray(String[]::new));
    return () -> asSuperuser(later.toArray(String[]::new));
  }

  static int version() {
    return Integer.parseInt(asSuperuser("show server_version_num").rows().getFirst());
  }
}
