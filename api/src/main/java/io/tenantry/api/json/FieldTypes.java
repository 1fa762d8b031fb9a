package io.tenantry.api.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what a field takes, in the words of the interface and not of Java. */
final class FieldTypes {

  private FieldTypes() {}

  static String expectation(MismatchedInputException failure) {
    Class<?> type = failure.getTargetType();
    String given =
        failure instanceof InvalidFormatException e
                && e.getValue() instanceof String text
                && !SensitiveFields.concerns(failure)
            ? shown(text) + " is not accepted; it takes "
            : "The type is wrong; it takes ";
    return given + accepted(type) + ".";
  }

  private static String accepted(@Nullable Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == String.class) {
      return "a string of Unicode text";
    }
    if (type == BigDecimal.class) {
      return "a decimal in a string, such as \"12.5\"";
    }
    if (type == Instant.class) {
      return "a time in a string, such as \"2026-01-31T09:30:00Z\"";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
      return "a whole number";
    }
    return type.isArray() || Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
  }

  private static String shown(String text) {
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
  }
}
