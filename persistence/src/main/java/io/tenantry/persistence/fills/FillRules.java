package io.tenantry.persistence.fills;

import static io.tenantry.persistence.validation.Amounts.shortest;
import static java.util.Objects.requireNonNull;

import io.tenantry.persistence.validation.Violations;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes fills acceptable. Knows neither the database nor the clock. */
final class FillRules {

  static final int LARGEST_BATCH = 500;
  static final int LONGEST_VENUE_FILL_ID = 100;
  static final int LONGEST_CURRENCY = 16;

  private static final String ITEMS = "/items";

  private FillRules() {}

  static CheckedFill check(NewFill fill) {
    Violations violations = new Violations();
    collect(violations, "", fill);
    violations.throwIfAny();
    return checked(fill);
  }

  /**
   * Checks a batch.
   *
   * @param fills null elements are refused, like any missing value
   * @return one for each, in that order; where two have one venueFillId, they are equal
   */
  static List<CheckedFill> check(List<? extends @Nullable NewFill> fills) {
    Violations violations = new Violations();
    if (fills.isEmpty() || fills.size() > LARGEST_BATCH) {
      violations.add(
          ITEMS,
          "size_invalid",
          "It has " + fills.size() + " fills; 1 to " + LARGEST_BATCH + " are accepted.");
      violations.throwIfAny();
    }
    for (int i = 0; i < fills.size(); i++) {
      NewFill fill = fills.get(i);
      violations.required(ITEMS + "/" + i, fill);
      if (fill != null) {
        collect(violations, ITEMS + "/" + i, fill);
      }
    }
    violations.throwIfAny();
    List<CheckedFill> checked = new ArrayList<>();
    Map<String, CheckedFill> first = new HashMap<>();
    for (int i = 0; i < fills.size(); i++) {
      CheckedFill fill = checked(requireNonNull(fills.get(i)));
      CheckedFill twin = first.putIfAbsent(fill.venueFillId(), fill);
      if (twin != null && !twin.equals(fill)) {
        violations.add(
            ITEMS + "/" + i + "/venueFillId",
            "duplicate",
            "'" + fill.venueFillId() + "' is there before, with other values.");
      }
      checked.add(fill);
    }
    violations.throwIfAny();
    return checked;
  }

  private static void collect(Violations violations, String at, NewFill fill) {
    violations.required(at + "/venueFillId", fill.venueFillId());
    violations.text(at + "/venueFillId", fill.venueFillId(), LONGEST_VENUE_FILL_ID);
    violations.required(at + "/price", fill.price());
    violations.positive(at + "/price", fill.price());
    violations.required(at + "/quantity", fill.quantity());
    violations.positive(at + "/quantity", fill.quantity());
    violations.amount(at + "/fee", fill.fee());
    violations.text(at + "/feeCurrency", fill.feeCurrency(), LONGEST_CURRENCY);
    if (fill.fee() != null && fill.feeCurrency() == null) {
      violations.add(at + "/feeCurrency", "required", "A fee needs its currency.");
    }
    if (fill.fee() == null && fill.feeCurrency() != null) {
      violations.add(at + "/feeCurrency", "not_applicable", "There is no fee that it is of.");
    }
    violations.required(at + "/filledAt", fill.filledAt());
    violations.time(at + "/filledAt", fill.filledAt());
  }

  private static CheckedFill checked(NewFill fill) {
    return new CheckedFill(
        requireNonNull(fill.venueFillId()),
        shortest(requireNonNull(fill.price())),
        shortest(requireNonNull(fill.quantity())),
        fill.fee() == null ? null : shortest(fill.fee()),
        fill.feeCurrency(),
        fill.liquidity(),
        requireNonNull(fill.filledAt()).truncatedTo(ChronoUnit.MICROS));
  }
}
