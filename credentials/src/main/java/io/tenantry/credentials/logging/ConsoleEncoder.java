package io.tenantry.credentials.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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

  private @Nullable Encoder<ILoggingEvent> lines;
  private boolean structured;

  @Override
  public void start() {
    String name = Environment.class.getName();
    if (!(getContext().getObject(name) instanceof Environment)) {
      getContext().putObject(name, new StandardEnvironment());
    }
    Environment environment = (Environment) getContext().getObject(name);
    LogFormat format;
    try {
      format = LogFormat.of(environment.getProperty(LogFormat.SETTING));
    } catch (IllegalArgumentException e) {
      // Nothing could be logged without a format; the start ends with this as well.
      addError(String.valueOf(e.getMessage()));
      throw e;
    }
    structured = format.structured(LogFormat.terminal());
    lines = structured ? json() : text();
    lines.start();
    super.start();
  }

  private Encoder<ILoggingEvent> json() {
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
    byte[] line = Objects.requireNonNull(lines, "start() comes first").encode(event);
    String text = new String(line, StandardCharsets.UTF_8);
    return (structured ? PlainLines.json(text) : PlainLines.text(text))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
