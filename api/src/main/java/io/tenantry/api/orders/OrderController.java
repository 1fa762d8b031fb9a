package io.tenantry.api.orders;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.api.precondition.EntityTag;
import io.tenantry.api.resource.ResourceId;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderFilter;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderStatus;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderController {

  private static final String LIST = "orders";

  private final OrderService orders;

  OrderController(OrderService orders) {
    this.orders = orders;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<OrderView> place(@RequestBody OrderRequest body) {
    Order order = orders.place(body.command());
    return ResponseEntity.created(URI.create("/v1/orders/" + order.id()))
        .eTag(EntityTag.of(order.version()))
        .body(OrderView.of(order));
  }

  @GetMapping
  ResponseEntity<ListAnswer<OrderView>> list(
      @RequestParam(required = false) @Nullable String symbol,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    OrderFilter filter =
        new OrderFilter(
            Parameters.text("symbol", symbol),
            Parameters.oneOf("status", status, OrderStatus.class),
            Parameters.time("from", from),
            Parameters.time("to", to));
    ListRequest part = ListRequest.of(LIST, limit, cursor);
    return ListAnswer.of(LIST, orders.list(filter, part.limit(), part.after()), OrderView::of);
  }

  @GetMapping("/{id}")
  ResponseEntity<OrderView> read(@PathVariable String id) {
    return answer(orders.get(parse(id)));
  }

  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<OrderView> change(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody OrderPatch body) {
    UUID order = parse(id);
    return answer(orders.change(order, EntityTag.demanded(ifMatch), body.command()));
  }

  @PostMapping("/{id}/cancel")
  ResponseEntity<OrderView> cancel(@PathVariable String id) {
    return answer(orders.cancel(parse(id)));
  }

  private static UUID parse(String id) {
    return ResourceId.parse("order", id);
  }

  private static ResponseEntity<OrderView> answer(Order order) {
    return ResponseEntity.ok().eTag(EntityTag.of(order.version())).body(OrderView.of(order));
  }
}
