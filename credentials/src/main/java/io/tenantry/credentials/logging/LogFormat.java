package io.tenantry.credentials.logging;

import java.io.Console;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms in which lines are logged; {@code tenantry.logging.format} chooses. */
public enum LogFormat {
  /** As the output is: lines for a terminal, JSON for everything else. */
  AUTO,
  /** A JSON object a line, with the field names of the Elastic Common Schema. */
  ECS,
  /** Lines for people. */
  TEXT;

  static final String SETTING = "tenantry.logging.format";

  /**
   * Reads the setting.
   *
   * @param value as it was set; null or blank means {@link #AUTO}
   * @throws IllegalArgumentException when it is none of these
   */
  static LogFormat of(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return AUTO;
    }
    for (LogFormat format : values()) {
      if (format.name().equalsIgnoreCase(value.strip())) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        SETTING
            + " is '"
            + value
            + "'; it takes "
            + Arrays.stream(values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + ".");
  }

  /** Whether lines are JSON, when the output is a terminal or is not. */
  boolean structured(boolean terminal) {
    return this == ECS || (this == AUTO && !terminal);
  }

  /** Whether somebody sits there; a console may also stand for a pipe. */
  @SuppressWarnings("SystemConsoleNull") // Whether it is null depends on the console's provider.
  static boolean terminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
