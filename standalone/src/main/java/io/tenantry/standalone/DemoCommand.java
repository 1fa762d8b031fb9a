package io.tenantry.standalone;

import io.tenantry.operations.platform.Instance;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.standalone.ApiClientCall.Answer;
import io.tenantry.standalone.DemoSql.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A tour against a running instance. Each step says what it does, what came of it and what that
 * proves; a step that comes out otherwise makes the command fail.
 */
@Command(name = "demo", description = "A tour against a running instance.")
final class DemoCommand implements Callable<Integer> {

  private static final String REPORTS = "tenantry_api.research_reports";

  private int step;
  private int failed;

  @Override
  public Integer call() {
    StandaloneSettings settings = StandaloneSettings.from(System.getenv());
    Instance instance = settings.instanceFile().read();
    try (ApiClientCall api = new ApiClientCall(instance.api(), settings.secrets())) {
      String acme = api.token("acme");
      String globex = api.token("globex");
      String order = overHttp(api, acme, globex);
      DemoSql sql = new DemoSql(instance, settings.secrets());
      inSql(sql, tenantOf(api, acme), tenantOf(api, globex), order);
    }
    System.out.println();
    System.out.println(
        failed == 0
            ? step + " of " + step + " steps came out as they must."
            : failed + " of " + step + " steps came out wrong.");
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String overHttp(ApiClientCall api, String acme, String globex) {
    Answer placed =
        api.post(
            acme,
            "/v1/orders",
            "{\"symbol\":\"ACME\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"10\"}");
    String id = placed.body().path("id").asString();
    show("acme places an order", placed.status() == 201, placed.status() + ", id " + id, "");
    Answer own = api.get(acme, "/v1/orders/" + id);
    show("acme reads it", own.status() == 200, String.valueOf(own.status()), "");
    Answer foreign = api.get(globex, "/v1/orders/" + id);
    Answer unknown = api.get(globex, "/v1/orders/" + UUID.randomUUID());
    show(
        "globex asks for the same id",
        foreign.status() == 404 && unknown.status() == 404,
        foreign.status() + ", and for an id that nobody has: " + unknown.status(),
        "a neighbour's order answers as one that does not exist");
    String report = "{\"title\":\"Outlook\",\"body\":\"For our eyes only\"}";
    boolean filed =
        api.post(acme, "/v1/reports", report).status() == 201
            && api.post(globex, "/v1/reports", report).status() == 201;
    show("both file a report, in the schema that they share", filed, "201, 201", "");
    return id;
  }

  private void inSql(DemoSql sql, TenantId acme, TenantId globex, String order) {
    String orders = DemoSql.ordersOf(acme);
    Outcome login = sql.asLoginOnly("select count(*) from " + orders);
    show(
        "SQL as the login that serves requests, outside of any tenant",
        login.refused("42501"),
        login.text(),
        "between two transactions a connection may read nothing");
    Outcome own = sql.as(acme, "select count(*) from " + orders + " where id = '" + order + "'");
    show("the same SQL inside acme's transaction", own.rows(1), own.text(), "the probe can see");
    Outcome neighbour = sql.as(globex, "select count(*) from " + orders);
    show(
        "the same SQL as globex's role",
        neighbour.refused("42501"),
        neighbour.text(),
        "the schema is its tenant's alone");
    Outcome shared = sql.as(globex, "select count(distinct tenant_id) from " + REPORTS);
    show(
        "globex counts the tenants in the shared table",
        shared.rows(1),
        shared.text(),
        "the policy shows each tenant its own rows");
    Outcome forged =
        sql.as(
            globex, "set local app.tenant_id = '" + acme + "'", "select count(*) from " + REPORTS);
    show(
        "globex says it were acme, in app.tenant_id",
        forged.rows(0),
        forged.text(),
        "the setting is not what the policy trusts; a lie hides even one's own rows");
    Outcome register =
        sql.as(
            globex,
            "set local backtrace_functions = '" + TenantNames.register(acme) + "'",
            "select 1");
    show(
        "globex writes acme into the register itself",
        register.refused("42501"),
        register.text(),
        "only the guard can write it, and only against a signed capability");
  }

  private static TenantId tenantOf(ApiClientCall api, String token) {
    return TenantId.parse(api.get(token, "/v1/tenant").body().path("id").asString());
  }

  private void show(String what, boolean asExpected, String outcome, String proves) {
    step++;
    failed += asExpected ? 0 : 1;
    System.out.printf("%s %2d  %s%n", asExpected ? "ok  " : "FAIL", step, what);
    System.out.printf("         -> %s%n", outcome);
    if (!proves.isEmpty()) {
      System.out.printf("         %s%n", proves);
    }
  }
}
