package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.connection.Probe.Seen;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.Report;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.MultiTenancySettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;

/**
 * Takes the walls away one at a time and looks, as acme and through the real pool, for globex's
 * rows: an order in globex's schema and a report in the shared one. While one wall is gone the next
 * one hides them; with all gone the probe sees them, so it is able to.
 */
class WallsIT {

  private static final Seen NOTHING = Seen.rows(0);
  private static final Seen NO_PRIVILEGE = Seen.refused("42501");

  private static TestPlatform platform;
  private static TenantId acme;
  private static TenantId globex;
  private static Serving serving;
  private static Probe probe;
  private static UUID globexReport;

  @BeforeAll
  static void fillBothTenants() {
    platform = TestPlatform.install("walls");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving = Serving.start(platform.address(), platform.credentials(), Map.of());
    fill(acme);
    globexReport = fill(globex);
    probe = new Probe(serving.bean(ServingPool.class), acme, globex);
  }

  private static UUID fill(TenantId tenant) {
    return TenantContext.call(
        tenant,
        () -> {
          serving.bean(OrderService.class).place(order());
          return serving.bean(ReportService.class).file(report()).id();
        });
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  /** Each test puts back what it took; this shows that it did. */
  @AfterEach
  void allWallsStand() {
    assertThat(probe.order(checkout())).isEqualTo(NO_PRIVILEGE);
    assertThat(probe.report(checkout())).isEqualTo(NOTHING);
  }

  @Test
  void withAllWallsUpTheProbeSeesItsOwnRowsAndNoOthers() {
    Probe own = new Probe(serving.bean(ServingPool.class), acme, acme);
    assertThat(own.order(checkout())).isEqualTo(Seen.rows(1));
    assertThat(own.report(checkout())).isEqualTo(Seen.rows(1));
  }

  @Test
  void withAllWallsGoneTheProbeSeesTheNeighboursRows() throws Exception {
    try (AutoCloseable _ = widenGrants();
        AutoCloseable _ = disableRowSecurity(orders());
        AutoCloseable _ = disableRowSecurity("tenantry_api.research_reports")) {
      assertThat(probe.order(checkout())).isEqualTo(Seen.rows(1));
      assertThat(probe.report(checkout())).isEqualTo(Seen.rows(1));
    }
  }

  // Wall 1: the code.

  @Test
  void aSessionOfAnotherTenantGetsNoConnection() {
    SessionFactory factory = serving.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    TenantContext.run(
        acme,
        () -> {
          try (Session session = openFor(factory, globex)) {
            assertThatThrownBy(() -> session.createSelectionQuery(ALL_REPORTS, Object.class).list())
                .hasStackTraceContaining("another's scope");
          }
        });
  }

  @Test
  void codeThatSwitchedTheTenantAfterCheckoutFindsNothing() throws Exception {
    try (Serving forgetful =
            Serving.start(
                platform.address(),
                platform.credentials(),
                Map.of(),
                context -> context.registerBean("forget", BeanPostProcessor.class, Forget::new));
        AutoCloseable _ = plantInAcmesSchema()) {
      SessionFactory factory =
          forgetful.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);
      TenantContext.run(
          acme,
          () -> {
            try (Session session = openFor(factory, globex)) {
              assertThat(session.createSelectionQuery(ALL_REPORTS, Object.class).list()).isEmpty();
              assertThat(session.createSelectionQuery(ALL_ORDERS, Object.class).list()).isEmpty();
              assertThat(session.find(reportEntity(factory), globexReport)).isNull();
            }
          });
      // The policies hid them, and nothing else.
      try (AutoCloseable _ = disableRowSecurity(orders(acme));
          AutoCloseable _ = disableRowSecurity("tenantry_api.research_reports")) {
        TenantContext.run(
            acme,
            () -> {
              try (Session session = openFor(factory, globex)) {
                assertThat(session.createSelectionQuery(ALL_REPORTS, Object.class).list())
                    .hasSize(1);
                assertThat(session.createSelectionQuery(ALL_ORDERS, Object.class).list())
                    .hasSize(1);
              }
            });
      }
    }
  }

  // Wall 2: the connection.

  @Test
  void withoutTheRoleSwitchTheLoginHasNoPrivilege() {
    TenantCheckout without =
        checkout(
            (connection, tenant) -> {
              // Takes neither role nor capability.
            });
    assertThat(probe.order(without)).isEqualTo(NO_PRIVILEGE);
    assertThat(probe.report(without)).isEqualTo(NO_PRIVILEGE);
  }

  @Test
  void theNeighboursRoleWithOnesOwnCapabilityIsRefused() {
    TenantCheckout wrongRole = new WrongRoleCheckout(platform.signer(), TenantNames.role(globex));
    assertThat(probe.order(wrongRole)).isEqualTo(NO_PRIVILEGE);
    assertThat(probe.report(wrongRole)).isEqualTo(NO_PRIVILEGE);
  }

  @Test
  void theNeighboursRoleTakenInsideTheTransactionFindsNothing() {
    TenantCheckout thenSwitch =
        checkout(
            (connection, tenant) -> {
              checkout().enter(connection, tenant);
              execute(connection, "set local role " + TenantNames.role(globex));
            });
    assertThat(probe.order(thenSwitch)).isEqualTo(NOTHING);
    assertThat(probe.report(thenSwitch)).isEqualTo(NOTHING);
  }

  // Wall 3: the grants.

  @Test
  void withGrantsOnTheNeighboursTablesThePolicyHidesTheRows() throws Exception {
    try (AutoCloseable _ = widenGrants()) {
      assertThat(probe.order(checkout())).isEqualTo(NOTHING);
    }
  }

  // Wall 4: the policy and the capability.

  @Test
  void withoutRowSecurityOnTheNeighboursTableTheGrantsRefuse() throws Exception {
    try (AutoCloseable _ = disableRowSecurity(orders())) {
      assertThat(probe.order(checkout())).isEqualTo(NO_PRIVILEGE);
    }
  }

  @Test
  void withoutThePolicyRowSecurityItselfHidesTheRows() throws Exception {
    try (AutoCloseable _ = widenGrants();
        AutoCloseable _ = dropPolicy(orders())) {
      assertThat(probe.order(checkout())).isEqualTo(NOTHING);
    }
    try (AutoCloseable _ = dropPolicy("tenantry_api.research_reports")) {
      assertThat(probe.report(checkout())).isEqualTo(NOTHING);
    }
  }

  @Test
  void withoutRowSecurityOnASharedTableTheMappingsConditionStillHidesTheRows() throws Exception {
    try (AutoCloseable _ = disableRowSecurity("tenantry_api.research_reports")) {
      // The raw probe does see it: on a shared table the policy is the database's only wall.
      assertThat(probe.report(checkout())).isEqualTo(Seen.rows(1));
      ReportService reports = serving.bean(ReportService.class);
      List<Report> listed = TenantContext.call(acme, () -> reports.list(200, null).items());
      assertThat(listed).hasSize(1).noneMatch(report -> report.id().equals(globexReport));
      TenantContext.run(
          acme,
          () ->
              assertThatThrownBy(() -> reports.get(globexReport))
                  .hasMessageContaining("There is no report"));
    }
  }

  @Test
  void aForgedCapabilityIsRefused() {
    assertThat(probe.report(new ForgedCheckout(acme, globex))).isEqualTo(NO_PRIVILEGE);
    assertThat(probe.report(new ForgedCheckout(globex, globex))).isEqualTo(NO_PRIVILEGE);
  }

  @Test
  void withoutTheCapabilityCheckTheRoleStillHasToBeTheTenants() throws Exception {
    try (AutoCloseable _ = stubCapabilityCheck()) {
      assertThat(probe.order(new ForgedCheckout(acme, globex))).isEqualTo(NO_PRIVILEGE);
      assertThat(probe.report(new ForgedCheckout(acme, globex))).isEqualTo(NO_PRIVILEGE);
      // With the neighbour's role as well both walls are gone, and the probe sees the rows.
      assertThat(probe.order(new ForgedCheckout(globex, globex))).isEqualTo(Seen.rows(1));
      assertThat(probe.report(new ForgedCheckout(globex, globex))).isEqualTo(Seen.rows(1));
    }
  }

  @Test
  void sayingAnotherTenantInTheSettingHidesEvenOnesOwnRows() {
    Probe own = new Probe(serving.bean(ServingPool.class), acme, acme);
    TenantCheckout forging =
        checkout(
            (connection, tenant) -> {
              checkout().enter(connection, tenant);
              execute(connection, "set local app.tenant_id = '" + globex + "'");
            });
    assertThat(probe.report(forging)).isEqualTo(NOTHING);
    assertThat(own.report(forging)).isEqualTo(NOTHING);
  }

  // How walls are taken away.

  private static final String ALL_REPORTS = "from ReportEntity";
  private static final String ALL_ORDERS = "from OrderEntity";

  private static Session openFor(SessionFactory factory, TenantId tenant) {
    return factory.withOptions().tenantIdentifier((Object) tenant.value()).openSession();
  }

  private static Class<?> reportEntity(SessionFactory factory) {
    return factory.getMetamodel().entity("ReportEntity").getJavaType();
  }

  private static String orders() {
    return orders(globex);
  }

  private static String orders(TenantId tenant) {
    return TenantNames.schema(tenant) + ".desk_orders";
  }

  /** A row of globex's where a session of globex on a connection of acme looks for orders. */
  private static AutoCloseable plantInAcmesSchema() {
    return platform.asSuperuser(
        List.of(
            "insert into "
                + orders(acme)
                + " (tenant_id, id, symbol, side, order_type, quantity) values ('"
                + globex
                + "', gen_random_uuid(), 'X', 'BUY', 'MARKET', 1)"),
        List.of("delete from " + orders(acme) + " where tenant_id = '" + globex + "'"));
  }

  private static AutoCloseable widenGrants() {
    String to = " to " + TenantNames.role(acme);
    String from = " from " + TenantNames.role(acme);
    String schema = " on schema " + TenantNames.schema(globex);
    return platform.asSuperuser(
        List.of("grant usage" + schema + to, "grant select on " + orders() + to),
        List.of("revoke select on " + orders() + from, "revoke usage" + schema + from));
  }

  private static AutoCloseable disableRowSecurity(String table) {
    return platform.asSuperuser(
        List.of("alter table " + table + " disable row level security"),
        List.of("alter table " + table + " enable row level security"));
  }

  private static AutoCloseable dropPolicy(String table) {
    return platform.asSuperuser(
        List.of("drop policy tenant_isolation on " + table),
        List.of(
            "create policy tenant_isolation on "
                + table
                + " using (tenant_id = (select tenantry_guard.current_tenant()))"
                + " with check (tenant_id = (select tenantry_guard.current_tenant()))"));
  }

  /** Makes the guard accept any code, by replacing its comparison in its own text. */
  private static AutoCloseable stubCapabilityCheck() {
    String original = platform.functionText("tenantry_guard.enter");
    String check = "sha256(expected) <> sha256(mac)";
    assertThat(original).contains(check);
    String stubbed = original.replace(check, "false");
    return platform.asSuperuser(List.of(stubbed), List.of(original));
  }

  private static TenantCheckout checkout() {
    return serving.bean(TenantCheckout.class);
  }

  private static TenantCheckout checkout(Entering entering) {
    return new TenantCheckout(platform.signer(), Probe.TIMEOUT, Probe.TIMEOUT) {
      @Override
      void enter(Connection physical, TenantId tenant) throws SQLException {
        entering.enter(physical, tenant);
      }
    };
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static NewOrder order() {
    return new NewOrder(
        null, "X", OrderSide.BUY, OrderType.MARKET, BigDecimal.ONE, null, null, null, null);
  }

  private static NewReport report() {
    return new NewReport("A report", null, "Its body", null, null, null);
  }

  /** What a checkout does instead of the real thing. */
  @FunctionalInterface
  private interface Entering {
    void enter(Connection connection, TenantId tenant) throws SQLException;
  }

  /** Replaces the connection provider by one that does not look whose session is asking. */
  private static final class Forget implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (bean instanceof HibernatePropertiesCustomizer original && name.equals("tenantSettings")) {
        return (HibernatePropertiesCustomizer)
            settings -> {
              original.customize(settings);
              settings.compute(
                  MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
                  (key, strict) -> new ForgetfulProvider((TenantConnectionProvider) strict));
            };
      }
      return bean;
    }
  }
}
