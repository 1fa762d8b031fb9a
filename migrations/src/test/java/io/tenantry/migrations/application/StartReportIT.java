package io.tenantry.migrations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.testkit.TestPostgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The provisioner tells what is wrong and starts all the same: it is what mends. */
class StartReportIT {

  private static final String DATABASE = "start_report";

  /** What a library throws where it has no memory or class left. */
  @Test
  void anErrorDoesNotEndTheWaitForALook() throws SQLException {
    DataSource source = TestPlatform.installed(DATABASE).as(Duty.CONTROL);
    execute("create policy planted on tenantry_api.research_reports using (true)");
    try (Warnings warnings = new Warnings();
        StartReport report = new StartReport(new CatalogScan(failingOnce(source)))) {
      report.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(warnings.texts)
                      .anyMatch(text -> text.contains("policy_not_canonical")));
    } finally {
      execute("drop policy planted on tenantry_api.research_reports");
    }
  }

  private static DataSource failingOnce(DataSource source) {
    AtomicBoolean failed = new AtomicBoolean();
    return (DataSource)
        Proxy.newProxyInstance(
            StartReportIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> {
              if (failed.compareAndSet(false, true)) {
                throw new NoClassDefFoundError("planted");
              }
              return source.getConnection();
            });
  }

  @Test
  void whatIsUnsafeIsLoggedAndRefusesNoStart() throws SQLException {
    TestPlatform platform = TestPlatform.installed(DATABASE);
    execute("create policy planted on tenantry_api.research_reports using (true)");
    try (Warnings warnings = new Warnings();
        StartReport report = new StartReport(new CatalogScan(platform.as(Duty.CONTROL)))) {
      report.start();
      await()
          .untilAsserted(
              () ->
                  assertThat(warnings.texts)
                      .anyMatch(
                          text ->
                              text.contains("policy_not_canonical")
                                  && text.contains("research_reports")));
    } finally {
      execute("drop policy planted on tenantry_api.research_reports");
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StartReport.class);

    Warnings() {
      start();
      logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel() == Level.WARN) {
        texts.add(event.getFormattedMessage());
      }
    }

    @Override
    public void close() {
      logger.detachAppender(this);
      stop();
    }
  }
}
