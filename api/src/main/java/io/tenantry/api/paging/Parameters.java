package io.tenantry.api.paging;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters. Every method throws {@code TenantryException} with {@code
 * parameter_invalid} and the parameter's name, and answers null for a parameter that is not there.
 */
public final class Parameters {

  private static final int LONGEST_TEXT = 200;

  private Parameters() {}

  /** A text without control characters; the database could not even compare with some of them. */
  public static @Nullable String text(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty() || value.length() > LONGEST_TEXT) {
      throw invalid(name, "it takes 1 to " + LONGEST_TEXT + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw invalid(name, "it takes no control characters");
    }
    return value;
  }

  /** A time in RFC 3339. */
  public static @Nullable Instant time(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(value).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
        throw invalid(name, "it takes a time from 1970 to 9999");
      }
      return time;
    } catch (DateTimeException e) {
      throw invalid(name, "it takes a time such as 2026-01-31T09:30:00Z");
    }
  }

  /** A UUID in its 36 character form. */
  public static @Nullable UUID id(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (!value.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      throw invalid(name, "it takes a UUID");
    }
    return UUID.fromString(value);
  }

  /** One of the names of {@code type}. */
  public static <E extends Enum<E>> @Nullable E oneOf(
      String name, @Nullable String value, Class<E> type) {
    if (value == null) {
      return null;
    }
    E[] known = type.getEnumConstants();
    for (E one : known) {
      if (one.name().equals(value)) {
        return one;
      }
    }
    throw invalid(name, "it takes one of " + Arrays.toString(known));
  }

  /** A whole number from {@code least} to {@code most}. */
  public static int whole(String name, String value, int least, int most) {
    String accepted = "it takes a whole number from " + least + " to " + most;
    if (!value.matches("[0-9]{1,6}")) {
      throw invalid(name, accepted);
    }
    int number = Integer.parseInt(value);
    if (number < least || number > most) {
      throw invalid(name, accepted);
    }
    return number;
  }

  /** The refusal of the parameter {@code name}; {@code accepted} says what it takes. */
  public static TenantryException invalid(String name, String accepted) {
    return new TenantryException(
        ErrorCode.PARAMETER_INVALID,
        "The parameter " + name + " cannot be read; " + accepted + ".",
        List.of(new FieldError(name, ErrorCode.PARAMETER_INVALID.id(), accepted + ".")));
  }
}
