package io.tenantry.persistence.orders;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders of the tenant in scope. */
@Service
@Transactional
public class OrderService {

  public Order place(NewOrder order) {
    throw new UnsupportedOperationException();
  }

  @Transactional(readOnly = true)
  public Order get(UUID id) {
    throw new UnsupportedOperationException();
  }

  @Transactional(readOnly = true)
  public Page<Order> list(OrderFilter filter, int limit, @Nullable PageKey after) {
    throw new UnsupportedOperationException();
  }

  public Order change(UUID id, int expectedVersion, OrderChange change) {
    throw new UnsupportedOperationException();
  }

  public Order cancel(UUID id) {
    throw new UnsupportedOperationException();
  }
}
