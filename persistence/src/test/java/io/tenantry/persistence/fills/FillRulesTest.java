package io.tenantry.persistence.fills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillRulesTest {

  private static final Instant TIME = Instant.parse("2026-01-31T09:30:00.123456789Z");

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    NewFill nothing = new NewFill(null, null, null, null, null, null, null);
    assertThat(errors(() -> FillRules.check(nothing)))
        .containsExactly(
            "/venueFillId required", "/price required", "/quantity required", "/filledAt required");
    NewFill wrong =
        new NewFill(
            " ",
            BigDecimal.ZERO,
            BigDecimal.ONE.negate(),
            new BigDecimal("1e-19"),
            "x".repeat(17),
            Liquidity.MAKER,
            Instant.EPOCH.minusNanos(1));
    assertThat(errors(() -> FillRules.check(Arrays.asList(fill("a"), wrong, null))))
        .containsExactly(
            "/items/1/venueFillId blank",
            "/items/1/price not_positive",
            "/items/1/quantity not_positive",
            "/items/1/fee too_precise",
            "/items/1/feeCurrency too_long",
            "/items/1/filledAt out_of_range",
            "/items/2 required");
  }

  @Test
  void aFeeAndItsCurrencyGoTogetherAndAFeeMayBeARebate() {
    assertThat(errors(() -> FillRules.check(fee("1", null))))
        .containsExactly("/feeCurrency required");
    assertThat(errors(() -> FillRules.check(fee(null, "EUR"))))
        .containsExactly("/feeCurrency not_applicable");
    assertThat(FillRules.check(fee("-0.10", "EUR")).fee()).isEqualTo(new BigDecimal("-0.1"));
    assertThat(FillRules.check(fee("0", "EUR")).fee()).isEqualTo(BigDecimal.ZERO);
    assertThat(FillRules.check(fee(null, null)).fee()).isNull();
    assertThat(errors(() -> FillRules.check(fee("-100000000000000000000", "EUR"))))
        .containsExactly("/fee too_large");
  }

  @Test
  void valuesAreKeptInTheirShortestFormAndTimesInMicroseconds() {
    CheckedFill checked =
        FillRules.check(
            new NewFill(
                "a",
                new BigDecimal("1E+2"),
                new BigDecimal("1.500"),
                null,
                null,
                Liquidity.TAKER,
                TIME));
    assertThat(checked.price()).isEqualTo(new BigDecimal("100"));
    assertThat(checked.quantity()).isEqualTo(new BigDecimal("1.5"));
    assertThat(checked.filledAt()).isEqualTo(Instant.parse("2026-01-31T09:30:00.123456Z"));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "500, false", "501, true"})
  void aBatchHasOneToFiveHundredFills(int size, boolean refused) {
    List<NewFill> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(fill("f" + i));
    }
    if (refused) {
      assertThat(errors(() -> FillRules.check(batch))).containsExactly("/items size_invalid");
    } else {
      assertThat(FillRules.check(batch)).hasSize(size);
    }
  }

  @Test
  void twoOfOneIdHaveToBeEqual() {
    assertThat(FillRules.check(Collections.nCopies(3, fill("a")))).hasSize(3);
    NewFill other = new NewFill("a", BigDecimal.TWO, BigDecimal.ONE, null, null, null, TIME);
    assertThat(errors(() -> FillRules.check(List.of(fill("b"), fill("a"), fill("c"), other))))
        .containsExactly("/items/3/venueFillId duplicate");
  }

  private static List<String> errors(Runnable check) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, check::run);
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
    return refused.errors().stream().map(error -> error.pointer() + " " + error.code()).toList();
  }

  private static NewFill fill(String id) {
    return new NewFill(id, BigDecimal.ONE, BigDecimal.ONE, null, null, null, TIME);
  }

  private static NewFill fee(@Nullable String fee, @Nullable String currency) {
    return new NewFill(
        "a",
        BigDecimal.ONE,
        BigDecimal.ONE,
        fee == null ? null : new BigDecimal(fee),
        currency,
        null,
        TIME);
  }
}
