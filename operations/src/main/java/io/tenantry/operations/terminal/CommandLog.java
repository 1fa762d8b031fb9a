package io.tenantry.operations.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the log of a command go to the error stream: its output is read by programs. */
public final class CommandLog {

  private static final String OURS = "io.tenantry";

  private CommandLog() {}

  /**
   * From now on, in the whole process.
   *
   * @param verbose what goes on too, not warnings alone
   */
  public static void toErrorStream(boolean verbose) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.getLogger(OURS).setLevel(verbose ? Level.INFO : Level.WARN);
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              if (appender instanceof ConsoleAppender<?> console) {
                console.setTarget("System.err");
                console.start();
              }
            });
  }
}
