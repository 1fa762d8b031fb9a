package io.tenantry.persistence.validation;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything that is wrong with a command before it is refused, so that the caller mends
 * all of it at once. For one thread.
 */
public final class Violations {

  /** The digits that an amount may have, and those after the point: numeric(38,18). */
  private static final int DIGITS = 38;

  private static final int DIGITS_AFTER_POINT = 18;

  private final List<FieldError> errors = new ArrayList<>();

  /** Notes a violation found by the caller. */
  public void add(String pointer, String code, String detail) {
    errors.add(new FieldError(pointer, code, detail));
  }

  /** Demands a value. */
  public void required(String pointer, @Nullable Object value) {
    if (value == null) {
      add(pointer, "required", "This value is needed.");
    }
  }

  /**
   * Demands, of a text that is there, 1 to {@code longest} characters (code points, as the database
   * counts) that PostgreSQL can store.
   */
  public void text(String pointer, @Nullable String value, int longest) {
    if (value == null) {
      return;
    }
    int length = value.codePointCount(0, value.length());
    if (value.isBlank()) {
      add(pointer, "blank", "An empty text is not accepted; leave the field out instead.");
    } else if (length > longest) {
      add(pointer, "too_long", "It has " + length + " characters; " + longest + " are accepted.");
    } else if (value.indexOf('\0') >= 0) {
      add(pointer, "character_invalid", "The character U+0000 cannot be stored.");
    } else if (hasLoneSurrogate(value)) {
      add(pointer, "character_invalid", "Half of a surrogate pair is no character.");
    }
  }

  /** Demands, of an amount that is there, that it is above zero and fits numeric(38,18). */
  public void positive(String pointer, @Nullable BigDecimal value) {
    if (value == null) {
      return;
    }
    if (value.signum() <= 0) {
      add(pointer, "not_positive", "It has to be greater than 0.");
      return;
    }
    BigDecimal shortest = value.stripTrailingZeros();
    if (shortest.scale() > DIGITS_AFTER_POINT) {
      add(
          pointer,
          "too_precise",
          "At most " + DIGITS_AFTER_POINT + " digits after the point are accepted.");
    } else if (shortest.precision() - shortest.scale() > DIGITS - DIGITS_AFTER_POINT) {
      add(
          pointer,
          "too_large",
          "At most " + (DIGITS - DIGITS_AFTER_POINT) + " digits before the point are accepted.");
    }
  }

  /**
   * Refuses the command if anything was noted.
   *
   * @throws TenantryException with {@code validation_failed} and every violation
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      FieldError first = errors.getFirst();
      String detail = first.pointer() + ": " + first.detail();
      if (errors.size() > 1) {
        detail += " And " + (errors.size() - 1) + " more.";
      }
      throw new TenantryException(ErrorCode.VALIDATION_FAILED, detail, errors);
    }
  }

  private static boolean hasLoneSurrogate(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
