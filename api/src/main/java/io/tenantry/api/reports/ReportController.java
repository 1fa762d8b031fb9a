package io.tenantry.api.reports;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.precondition.EntityTag;
import io.tenantry.api.resource.ResourceId;
import io.tenantry.persistence.reports.Report;
import io.tenantry.persistence.reports.ReportService;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
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
@RequestMapping(path = "/v1/reports", produces = MediaType.APPLICATION_JSON_VALUE)
class ReportController {

  private static final String LIST = "reports";

  private final ReportService reports;

  ReportController(ReportService reports) {
    this.reports = reports;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ReportView> file(@RequestBody ReportRequest body) {
    Report report = reports.file(body.command());
    return ResponseEntity.created(URI.create("/v1/reports/" + report.id()))
        .eTag(EntityTag.of(report.version()))
        .body(ReportView.of(report));
  }

  @GetMapping
  ResponseEntity<ListAnswer<ReportView>> list(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    ListRequest part = ListRequest.of(LIST, limit, cursor);
    return ListAnswer.of(LIST, reports.list(part.limit(), part.after()), ReportView::of);
  }

  @GetMapping("/{id}")
  ResponseEntity<ReportView> read(@PathVariable String id) {
    return answer(reports.get(parse(id)));
  }

  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ReportView> change(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody ReportPatch body) {
    UUID report = parse(id);
    return answer(reports.change(report, EntityTag.demanded(ifMatch), body.command()));
  }

  // Its answer has a body only where it refuses, and so some clients accept nothing else.
  @DeleteMapping(
      path = "/{id}",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<Void> delete(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    UUID report = parse(id);
    reports.delete(report, EntityTag.demanded(ifMatch));
    return ResponseEntity.noContent().build();
  }

  private static UUID parse(String id) {
    return ResourceId.parse("report", id);
  }

  private static ResponseEntity<ReportView> answer(Report report) {
    return ResponseEntity.ok().eTag(EntityTag.of(report.version())).body(ReportView.of(report));
  }
}
