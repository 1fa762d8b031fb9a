package io.tenantry.api.fills;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.resource.ResourceId;
import io.tenantry.persistence.fills.FillService;
import io.tenantry.persistence.fills.NewFill;
import io.tenantry.persistence.fills.RecordedFills;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/orders/{id}/fills", produces = MediaType.APPLICATION_JSON_VALUE)
class FillController {

  private final FillService fills;

  FillController(FillService fills) {
    this.fills = fills;
  }

  /** 201 when the database has more than before, 200 when all of it was known. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> record(@PathVariable String id, @RequestBody FillsRequest body) {
    UUID order = parse(id);
    List<@Nullable NewFill> batch = body.batch();
    RecordedFills recorded =
        batch == null ? fills.record(order, body.one()) : fills.recordAll(order, batch);
    List<FillView> views = recorded.fills().stream().map(FillView::of).toList();
    return ResponseEntity.status(recorded.anyNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(batch == null ? views.getFirst() : new FillBatchView(views));
  }

  @GetMapping
  ResponseEntity<ListAnswer<FillView>> list(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    UUID order = parse(id);
    // A cursor is of one order's list, and of no other's.
    String list = "fills " + order;
    ListRequest part = ListRequest.of(list, limit, cursor);
    return ListAnswer.of(list, fills.list(order, part.limit(), part.after()), FillView::of);
  }

  private static UUID parse(String id) {
    return ResourceId.parse("order", id);
  }
}
