package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import jakarta.persistence.EntityManager;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What is said of a refused statement, and what never is. */
class RefusalsIT {

  private static final MeterRegistry METERS = new SimpleMeterRegistry();
  private static Serving serving;

  @BeforeAll
  static void start() {
    serving =
        Serving.start(
            PLATFORM.address(),
            PLATFORM.credentials(),
            Map.of("tenantry.pool.size", "1"),
            context -> context.registerBean(MeterRegistry.class, () -> METERS));
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'hunter2'; select 2",
        "select $$hunter2$$; select 2",
        "set role none -- hunter2",
        "select 1 /* hunter2 */; select 2",
        "select {fn concat('hunter2', 'x')}",
        "select 'hunter2"
      })
  void aPlantedSecretIsInNoLogAndNoMessage(String sql) {
    EntityManager entities = serving.bean(EntityManager.class);
    noneShows(sql, () -> serving.sql().queryForList(sql));
    noneShows(sql, () -> entities.createNativeQuery(sql).getResultList());
  }

  @Test
  void theLogSaysWhoseStatementItWasAndItsShape() {
    ListAppender<ILoggingEvent> log = listen();
    try (MDC.MDCCloseable _ = MDC.putCloseable("requestId", "my-request.1")) {
      refused(() -> serving.sql().queryForList("select 'a', 1; drop table b"));
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLoggerName().equals(ReportingGuard.class.getName()))
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo(
            "Refused a statement (several) of tenant "
                + ACME
                + ", request my-request.1: select ?, ?; drop table b");
  }

  @ParameterizedTest
  @CsvSource({
    "several, select 1; select 2",
    "kind, set role none",
    "escape, select {fn now()}",
    "unreadable, select $$"
  })
  void refusalsAreCountedByTheirReason(String reason, String sql) {
    double before = count(reason);
    refused(() -> serving.sql().queryForList(sql));
    assertThat(count(reason)).isEqualTo(before + 1);
  }

  @Test
  void theCheckAtTheStartCountsAndLogsNothing() {
    ListAppender<ILoggingEvent> log = listen();
    double before = count("several") + count("kind");
    assertThat(serving.bean(StatementGuardCheck.class).findings()).isEmpty();
    assertThat(count("several") + count("kind")).isEqualTo(before);
    assertThat(log.list).isEmpty();
  }

  private static void noneShows(String sql, Supplier<?> call) {
    ListAppender<ILoggingEvent> log = listen();
    TenantryException told = refused(call);
    StringWriter trace = new StringWriter();
    told.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).as(sql).doesNotContain("hunter2");
    assertThat(log.list)
        .isNotEmpty()
        .noneMatch(event -> event.getFormattedMessage().contains("hunter2"));
  }

  private static TenantryException refused(Supplier<?> call) {
    Throwable failure = catchThrowable(() -> serving.read(ACME, call::get));
    TenantryException told = DatabaseFailures.translate(failure).orElseThrow();
    assertThat(told.code()).isEqualTo(ErrorCode.STATEMENT_REFUSED);
    SeenCodes.saw(told.code());
    return told;
  }

  private static double count(String reason) {
    return METERS.get("tenantry.statements.refused").tag("reason", reason).counter().count();
  }

  /** All that is logged from now on. */
  private static ListAppender<ILoggingEvent> listen() {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    return appender;
  }
}
