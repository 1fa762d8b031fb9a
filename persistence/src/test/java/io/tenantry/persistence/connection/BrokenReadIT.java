package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.UnexpectedRollbackException;

/** The session ends between a checkout and the read that it is for. */
class BrokenReadIT {

  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private static Serving serving;
  private static UUID order;
  private static UUID report;

  @BeforeAll
  static void start() {
    serving =
        Serving.start(
            PLATFORM.address(),
            PLATFORM.credentials(),
            Map.of("tenantry.pool.size", "1"),
            context -> context.registerBean("tenantCheckout", Ending.class, Ending::new));
    order = in(() -> serving.bean(OrderService.class).place(SoakWork.order("B", "broken")).id());
    report = in(() -> serving.bean(ReportService.class).file(SoakWork.report("broken")).id());
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @BeforeEach
  void endSessions() {
    ENDING.set(true);
  }

  /** Why repositories do not use it. */
  @Test
  void findItselfSaysThatThereIsNoSuchRow() {
    Class<?> entity =
        serving.bean(EntityManager.class).getMetamodel().getEntities().stream()
            .filter(type -> type.getName().equals("OrderEntity"))
            .findFirst()
            .orElseThrow()
            .getJavaType();

    List<Object> found = new ArrayList<>();
    assertThatThrownBy(
            () ->
                serving.read(
                    ACME,
                    () -> {
                      Object read = serving.bean(EntityManager.class).find(entity, order);
                      found.add(Optional.ofNullable(read));
                      return "read";
                    }))
        .isInstanceOf(UnexpectedRollbackException.class);
    assertThat(found).containsExactly(Optional.empty());
  }

  @Test
  void anOrderThatCouldNotBeReadIsNotMissing() {
    refused(id -> serving.bean(OrderService.class).get(id), order);
    ENDING.set(false);
    assertThat(in(() -> serving.bean(OrderService.class).get(order).id())).isEqualTo(order);
  }

  @Test
  void aReportThatCouldNotBeReadIsNotMissing() {
    refused(id -> serving.bean(ReportService.class).get(id), report);
    refused(id -> serving.bean(ReportService.class).delete(id, 0), report);
    ENDING.set(false);
    assertThat(in(() -> serving.bean(ReportService.class).get(report).id())).isEqualTo(report);
  }

  private static void refused(Consumer<UUID> read, UUID id) {
    TenantryException failure =
        catchThrowableOfType(
            TenantryException.class, () -> TenantContext.run(ACME, () -> read.accept(id)));
    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  private static <T> T in(Supplier<T> work) {
    ENDING.set(false);
    return TenantContext.call(ACME, work::get);
  }

  /** The real one, after which the server's process is ended. */
  private static final class Ending extends TenantCheckout {

    Ending() {
      super(PLATFORM.signer(), Probe.TIMEOUT, Probe.TIMEOUT);
    }

    @Override
    void enter(Connection physical, TenantId tenant) throws SQLException {
      super.enter(physical, tenant);
      if (ENDING.get()) {
        try (Statement statement = physical.createStatement();
            ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
          row.next();
          Fixture.terminate(row.getInt(1));
        }
      }
    }
  }
}
