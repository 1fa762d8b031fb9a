package io.tenantry.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tenantry.credentials.logging.ConsoleEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged while it is open, as the process would print it. Opened after the
 * server was started: a start sets the logging up anew.
 */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Map<Logger, @Nullable Level> before = new LinkedHashMap<>();
  private final ConsoleEncoder encoder = new ConsoleEncoder();
  private final Logger root;

  private CapturedLog(Map<String, Level> levels) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    setContext(context);
    encoder.setContext(context);
    encoder.start();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    levels.forEach(
        (name, level) -> {
          Logger logger = context.getLogger(name);
          before.put(logger, logger.getLevel());
          logger.setLevel(level);
        });
    start();
    root.addAppender(this);
  }

  /** With these levels, and those that were there for all others. */
  static CapturedLog at(Map<String, Level> levels) {
    return new CapturedLog(levels);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The lines of one logger. */
  List<String> lines(String logger) {
    return lines.stream().filter(line -> line.contains("\"" + logger + "\"")).toList();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
    before.forEach(Logger::setLevel);
  }
}
