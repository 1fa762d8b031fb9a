package io.tenantry.migrations.liquibase;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Hands Liquibase's messages on at debug level: by itself it tells every statement of every tenant
 * through java.util.logging, at info. What goes wrong comes as an exception anyway.
 */
final class LiquibaseLog extends AbstractLogService {

  @Override
  public int getPriority() {
    return PRIORITY_NOT_APPLICABLE;
  }

  @Override
  @SuppressWarnings("rawtypes") // Liquibase's signature.
  public Logger getLog(Class type) {
    return new Bridge(LoggerFactory.getLogger(type));
  }

  private static final class Bridge extends AbstractLogger {
    private final org.slf4j.Logger target;

    Bridge(org.slf4j.Logger target) {
      this.target = target;
    }

    @Override
    public void close() {}

    @Override
    public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
      target.debug(message, failure);
    }
  }
}
