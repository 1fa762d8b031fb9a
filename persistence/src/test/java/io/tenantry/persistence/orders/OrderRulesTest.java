package io.tenantry.persistence.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderRulesTest {

  private static final BigDecimal ONE = BigDecimal.ONE;

  private static NewOrder order(
      OrderType type, @Nullable BigDecimal limitPrice, @Nullable BigDecimal stopPrice) {
    return new NewOrder(null, "ACME", OrderSide.BUY, type, ONE, limitPrice, stopPrice, null, null);
  }

  private static NewOrder ofQuantity(BigDecimal quantity) {
    return new NewOrder(
        null, "ACME", OrderSide.BUY, OrderType.MARKET, quantity, null, null, null, null);
  }

  @Test
  void anOrderStandsUntilCancelledUnlessItSaysOtherwise() {
    assertThat(OrderRules.check(order(OrderType.MARKET, null, null)).timeInForce())
        .isEqualTo(TimeInForce.GTC);
  }

  @ParameterizedTest
  @EnumSource
  void eachTypeHasItsOwnPricesAndNoOthers(OrderType type) {
    BigDecimal limit = type.hasLimitPrice() ? ONE : null;
    BigDecimal stop = type.hasStopPrice() ? ONE : null;
    assertThat(OrderRules.check(order(type, limit, stop)).type()).isEqualTo(type);

    TenantryException refused =
        refusal(order(type, limit == null ? ONE : null, stop == null ? ONE : null));
    assertThat(refused.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/limitPrice", "/stopPrice");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    TenantryException refused =
        refusal(
            new NewOrder("", null, null, null, BigDecimal.ZERO, null, null, null, "s".repeat(65)));
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
    assertThat(refused.errors())
        .extracting(e -> e.pointer() + " " + e.code())
        .containsExactly(
            "/clientOrderId blank",
            "/symbol required",
            "/side required",
            "/type required",
            "/quantity not_positive",
            "/strategy too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "0, not_positive",
    "-1, not_positive",
    "0.0000000000000000001, too_precise",
    "100000000000000000000, too_large",
    "1E+400, too_large",
    "1E-400, too_precise"
  })
  void amountsThatTheColumnCannotHoldAreRefused(BigDecimal quantity, String code) {
    assertThat(refusal(ofQuantity(quantity)).errors())
        .extracting(FieldError::code)
        .containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999.999999999999999999",
    "0.000000000000000001",
    "1.000000000000000000000"
  })
  void amountsThatTheColumnHoldsAreAccepted(BigDecimal quantity) {
    assertThat(OrderRules.check(ofQuantity(quantity)).quantity()).isEqualByComparingTo(quantity);
  }

  @ParameterizedTest
  @CsvSource({"a\0b", "'\ud800'", "'x\udc00'"})
  void charactersThatCannotBeStoredAreRefused(String symbol) {
    NewOrder order =
        new NewOrder(null, symbol, OrderSide.BUY, OrderType.MARKET, ONE, null, null, null, null);
    assertThat(refusal(order).errors())
        .extracting(FieldError::code)
        .containsExactly("character_invalid");
  }

  private static TenantryException refusal(NewOrder order) {
    return catchThrowableOfType(TenantryException.class, () -> OrderRules.check(order));
  }
}
