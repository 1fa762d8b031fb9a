package io.tenantry.api.admin;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.control.PlatformAudit;
import io.tenantry.control.PlatformAuditFilter;
import io.tenantry.persistence.paging.PageKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/v1/audit-events", produces = MediaType.APPLICATION_JSON_VALUE)
class PlatformAuditController {

  private static final String LIST = "platform-audit-events";

  private final PlatformAudit audit;

  PlatformAuditController(PlatformAudit audit) {
    this.audit = audit;
  }

  @GetMapping
  ResponseEntity<ListAnswer<PlatformAuditDocument>> list(
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    PlatformAuditFilter filter =
        new PlatformAuditFilter(
            Parameters.text("action", action),
            Parameters.text("tenant", tenant),
            Parameters.time("from", from),
            Parameters.time("to", to));
    return ListAnswer.byTime(
        LIST,
        ListRequest.of(LIST, limit, cursor),
        (most, time, id) -> audit.list(filter, most, time, id),
        event -> new PageKey(event.occurredAt(), event.id()),
        PlatformAuditDocument::of);
  }
}
