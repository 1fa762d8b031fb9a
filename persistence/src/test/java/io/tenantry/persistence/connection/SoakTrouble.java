package io.tenantry.persistence.connection;

import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cancels statements and ends sessions from outside, as a superuser, until it is closed. */
final class SoakTrouble implements AutoCloseable {

  private static final int EVERY_MILLIS = 100;
  private static final int KILLS_ONE_IN = 5;

  private final Random random;
  private final SoakFigures figures;
  private final Connection superuser;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  SoakTrouble(long seed, SoakFigures figures) throws SQLException {
    this.random = new Random(seed);
    this.figures = figures;
    this.superuser = TestPostgres.shared().connectAsSuperuser(SoakPlatform.DATABASE);
    var _ =
        clock.scheduleWithFixedDelay(
            this::strike, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void strike() {
    boolean kill = random.nextInt(KILLS_ONE_IN) == 0;
    String sql =
        "select "
            + (kill ? "pg_terminate_backend" : "pg_cancel_backend")
            + "(pid) from pg_stat_activity where datname = current_database()"
            + " and usename like 'tenantry\\_app\\__' and state <> 'idle'"
            + " order by md5(pid || ?) limit 1";
    try (PreparedStatement statement = superuser.prepareStatement(sql)) {
      statement.setString(1, Integer.toString(random.nextInt()));
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          figures.injected(kill ? "session ended" : "statement cancelled");
        }
      }
    } catch (SQLException e) {
      figures.unexpected("trouble itself: " + e.getMessage());
    }
  }

  @Override
  public void close() throws SQLException {
    clock.close();
    superuser.close();
  }
}
