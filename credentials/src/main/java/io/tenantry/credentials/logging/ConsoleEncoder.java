package io.tenantry.credentials.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Writes to the console in the form that {@code tenantry.logging.format} says. Public, with a
 * constructor without arguments, since the logging configuration makes it by name; that may be
 * before any Spring context, so the setting is then read from the process's own environment.
 */
public final class ConsoleEncoder extends EncoderBase<ILoggingEvent> {

  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} [%X{requestId:--}] - %msg%n%ex";

  private static final String VARIABLE = "TENANTRY_LOGGING_FORMAT";
  private static final String ENVIRONMENT = Environment.class.getName();

  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Encoder<ILoggingEvent> lines;
  private volatile boolean structured;

  @Override
  public void start() {
    try {
      structured = LogFormat.of(setting()).structured(LogFormat.terminal());
    } catch (IllegalArgumentException e) {
      // Nothing could be logged without a format; the start ends with this as well.
      addError(String.valueOf(e.getMessage()));
      throw e;
    }
    super.start();
  }

  private @Nullable String setting() {
    if (getContext().getObject(ENVIRONMENT) instanceof Environment environment) {
      return environment.getProperty(LogFormat.SETTING);
    }
    String property = System.getProperty(LogFormat.SETTING);
    return property != null ? property : System.getenv(VARIABLE);
  }

  /**
   * Made for the first line and not at the start: Spring logs while it makes it, and a start may be
   * that of logging itself, which would say so on the output.
   */
  private Encoder<ILoggingEvent> lines() {
    Encoder<ILoggingEvent> made = lines;
    if (made != null) {
      return made;
    }
    making.lock();
    try {
      made = lines;
      if (made == null) {
        made = structured ? json() : text();
        made.start();
        lines = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  private Encoder<ILoggingEvent> json() {
    if (!(getContext().getObject(ENVIRONMENT) instanceof Environment)) {
      getContext().putObject(ENVIRONMENT, new StandardEnvironment());
    }
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(getContext());
    encoder.setFormat("ecs");
    return encoder;
  }

  private Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(getContext());
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    return encoder;
  }

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] line = lines().encode(event);
    String text = new String(line, StandardCharsets.UTF_8);
    return (structured ? PlainLines.json(text) : PlainLines.text(text))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
