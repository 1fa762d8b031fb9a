package io.tenantry.persistence.validation;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything that is wrong with a command before it is refused, so that the caller mends
 * all of it at once. For one thread.
 */
public final class Violations {

  // What RFC 3339 can write, and cursors can hold.
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

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
    amount(pointer, value);
  }

  /** Demands, of an amount of either sign that is there, that it fits numeric(38,18). */
  public void amount(String pointer, @Nullable BigDecimal value) {
    if (value == null) {
      return;
    }
    int before = Amounts.DIGITS - Amounts.DIGITS_AFTER_POINT;
    BigDecimal shortest = value.stripTrailingZeros();
    if (shortest.scale() > Amounts.DIGITS_AFTER_POINT) {
      add(
          pointer,
          "too_precise",
          "At most " + Amounts.DIGITS_AFTER_POINT + " digits after the point are accepted.");
    } else if (shortest.precision() - shortest.scale() > before) {
      add(pointer, "too_large", "At most " + before + " digits before the point are accepted.");
    }
  }

  /** Demands, of a time that is there, that it lies in the years 1970 to 9999. */
  public void time(String pointer, @Nullable Instant value) {
    if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
      add(pointer, "out_of_range", "Times from 1970 to 9999 are accepted.");
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
