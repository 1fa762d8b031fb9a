package io.tenantry.api.migrations;

import io.tenantry.api.admin.Acting;
import io.tenantry.api.paging.Cursor;
import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.api.resource.ResourceId;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/v1/migrations", produces = MediaType.APPLICATION_JSON_VALUE)
class MigrationController {

  private static final String LIST = "migrations";

  private final MigrationRuns runs;

  MigrationController(MigrationRuns runs) {
    this.runs = runs;
  }

  @GetMapping
  ResponseEntity<ListAnswer<MigrationDocument>> list(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return ListAnswer.byTime(
        LIST,
        ListRequest.of(LIST, limit, cursor),
        runs::list,
        run -> new PageKey(run.createdAt(), run.id()),
        MigrationDocument::of);
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<MigrationDocument> start(
      @RequestBody(required = false) @Nullable MigrationPost body,
      Principal caller,
      HttpServletRequest request) {
    MigrationPost wanted = body == null ? MigrationPost.EMPTY : body;
    if (wanted.direction() == MigrationDirection.DOWN) {
      demandToMayDestroy(caller);
    }
    return accepted(runs.request(wanted.request(), Acting.by(caller, request)));
  }

  /** Going down drops tables with what is in them, of every tenant; a revert has a rule by path. */
  private static void demandToMayDestroy(Principal caller) {
    boolean may =
        caller instanceof Authentication known
            && known.getAuthorities().stream()
                .anyMatch(authority -> "SCOPE_platform:purge".equals(authority.getAuthority()));
    if (!may) {
      throw new TenantryException(
          ErrorCode.SCOPE_MISSING,
          "The token lacks the scope platform:purge, needed for the direction DOWN.");
    }
  }

  @GetMapping("/{id}")
  ResponseEntity<MigrationDocument> read(
      @PathVariable("id") String id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    UUID run = ResourceId.parse("run", id);
    MigrationResultState only = Parameters.oneOf("state", state, MigrationResultState.class);
    int most = ListRequest.limit(limit);
    String list = "results of " + run + " " + only;
    TenantId after = cursor == null ? null : tenant(Cursor.name(list, cursor));
    MigrationRun found =
        runs.find(run)
            .orElseThrow(
                () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no run " + run + "."));
    ResponseEntity<ListAnswer<MigrationDocument.Result>> page =
        ListAnswer.byName(
            list,
            most,
            runs.results(run, only, most + 1, after),
            result -> result.tenant().value().toString(),
            MigrationDocument.Result::of);
    return ResponseEntity.ok()
        .headers(page.getHeaders())
        .body(MigrationDocument.of(found, page.getBody()));
  }

  @PostMapping("/{id}/pause")
  MigrationDocument pause(
      @PathVariable("id") String id, Principal caller, HttpServletRequest request) {
    return MigrationDocument.of(
        runs.pause(ResourceId.parse("run", id), Acting.by(caller, request)));
  }

  @PostMapping("/{id}/resume")
  MigrationDocument resume(
      @PathVariable("id") String id, Principal caller, HttpServletRequest request) {
    return MigrationDocument.of(
        runs.resume(ResourceId.parse("run", id), Acting.by(caller, request)));
  }

  /** Answers the run that takes back, not the one that is taken back. */
  @PostMapping("/{id}/revert")
  ResponseEntity<MigrationDocument> revert(
      @PathVariable("id") String id, Principal caller, HttpServletRequest request) {
    return accepted(runs.revert(ResourceId.parse("run", id), Acting.by(caller, request)));
  }

  private static ResponseEntity<MigrationDocument> accepted(MigrationRun run) {
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .header(HttpHeaders.LOCATION, "/admin/v1/migrations/" + run.id())
        .body(MigrationDocument.of(run));
  }

  private static TenantId tenant(String name) {
    try {
      return TenantId.parse(name);
    } catch (TenantryException e) {
      throw Cursor.invalid();
    }
  }
}
