package io.tenantry.api.audit;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.persistence.audit.AuditAction;
import io.tenantry.persistence.audit.AuditFilter;
import io.tenantry.persistence.audit.AuditService;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/audit-events", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

  private static final String LIST = "audit-events";

  private final AuditService audit;

  AuditController(AuditService audit) {
    this.audit = audit;
  }

  @GetMapping
  ResponseEntity<ListAnswer<AuditEventView>> list(
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String subjectId,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    AuditFilter filter =
        new AuditFilter(
            action(action),
            Parameters.id("subjectId", subjectId),
            Parameters.time("from", from),
            Parameters.time("to", to));
    ListRequest part = ListRequest.of(LIST, limit, cursor);
    return ListAnswer.of(LIST, audit.list(filter, part.limit(), part.after()), AuditEventView::of);
  }

  private static @Nullable AuditAction action(@Nullable String id) {
    return id == null
        ? null
        : AuditAction.of(id)
            .orElseThrow(
                () ->
                    Parameters.invalid(
                        "action",
                        Arrays.stream(AuditAction.values())
                            .map(AuditAction::id)
                            .collect(Collectors.joining(", ", "it takes one of ", ""))));
  }
}
