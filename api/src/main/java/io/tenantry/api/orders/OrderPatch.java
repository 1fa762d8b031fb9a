package io.tenantry.api.orders;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tenantry.persistence.orders.OrderChange;
import io.tenantry.persistence.orders.TimeInForce;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The body that changes an order: what is left out stays, and an explicit null is refused. */
record OrderPatch(
    @JsonSetter(nulls = Nulls.FAIL) @Nullable BigDecimal quantity,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable BigDecimal limitPrice,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable BigDecimal stopPrice,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable TimeInForce timeInForce) {

  OrderChange command() {
    return new OrderChange(quantity, limitPrice, stopPrice, timeInForce);
  }
}
