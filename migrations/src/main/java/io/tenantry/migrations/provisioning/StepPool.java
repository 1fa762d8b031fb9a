package io.tenantry.migrations.provisioning;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A few connections of a powerful login, kept between the steps of operations: opening one costs
 * more than most steps do. None is kept for long, since a backend that has seen many schemas is
 * large, and a login may have been replaced. Each step has to leave its connection as it was:
 * whatever it sets, it sets for a transaction.
 *
 * <p>Commits do not wait for the disk. A step that a crashed server has forgotten is done again,
 * and what ends an operation is committed by another login that does wait, for all that came before
 * it too.
 */
public final class StepPool {

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(1);

  private StepPool() {}

  /**
   * Opens none before it is asked for one. The caller closes it.
   *
   * @param name as it stands in logs
   * @param login connections of the login
   * @param size how many steps run at once
   */
  public static HikariDataSource of(String name, DataSource login, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(login);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setIdleTimeout(LONGEST_IDLE.toMillis());
    config.setMaxLifetime(LONGEST_LIFE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql("set synchronous_commit = off");
    return new HikariDataSource(config);
  }
}
