package io.tenantry.api.admin;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.control.PlatformAudit;
import io.tenantry.control.PlatformAuditEvent;
import io.tenantry.control.PlatformAuditFilter;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import java.util.List;
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
    ListRequest part = ListRequest.of(LIST, limit, cursor);
    PageKey after = part.after();
    List<PlatformAuditEvent> rows =
        audit.list(
            filter,
            part.limit() + 1,
            after == null ? null : after.time(),
            after == null ? null : after.id());
    return ListAnswer.of(
        LIST,
        Page.of(
            rows,
            part.limit(),
            event -> new PageKey(event.occurredAt(), event.id()),
            PlatformAuditDocument::of),
        document -> document);
  }
}
