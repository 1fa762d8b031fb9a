package io.tenantry.api.orders;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tenantry.persistence.orders.OrderChange;
import io.tenantry.persistence.orders.TimeInForce;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The body that changes an order: what is left out stays, and an explicit null is refused.
 *
 * <p>No record: to a record's constructor an absent field and a null are the same.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class OrderPatch {

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable BigDecimal quantity;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable BigDecimal limitPrice;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable BigDecimal stopPrice;

  @JsonSetter(nulls = Nulls.FAIL)
  private @Nullable TimeInForce timeInForce;

  OrderChange command() {
    return new OrderChange(quantity, limitPrice, stopPrice, timeInForce);
  }
}
