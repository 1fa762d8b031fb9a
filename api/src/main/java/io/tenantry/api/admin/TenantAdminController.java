package io.tenantry.api.admin;

import io.tenantry.api.paging.Cursor;
import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.paging.Parameters;
import io.tenantry.api.precondition.EntityTag;
import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.tenancy.TenantSlug;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/v1/tenants", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantAdminController {

  private static final String LIST = "tenants";

  private final TenantStore tenants;

  TenantAdminController(TenantStore tenants) {
    this.tenants = tenants;
  }

  @GetMapping
  ResponseEntity<ListAnswer<TenantDocument>> list(
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
    int most = ListRequest.limit(limit);
    TenantSlug after =
        cursor == null
            ? null
            : TenantPath.possible(Cursor.name(LIST, cursor)).orElseThrow(Cursor::invalid);
    return ListAnswer.byName(
        LIST,
        most,
        tenants.page(most + 1, after),
        tenant -> tenant.slug().value(),
        TenantDocument::of);
  }

  @GetMapping("/{slug}")
  ResponseEntity<TenantDocument> read(@PathVariable("slug") String slug) {
    return answer(ResponseEntity.ok(), TenantPath.tenant(slug, tenants));
  }

  /** Makes or changes a tenant: this writes what is wanted, the provisioner carries it out. */
  @PutMapping(path = "/{slug}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TenantDocument> put(
      @PathVariable("slug") String slug,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
          @Nullable String ifNoneMatch,
      @RequestBody TenantPut body,
      Principal caller,
      HttpServletRequest request) {
    TenantSlug path = new TenantSlug(slug);
    Integer version = EntityTag.optional(ifMatch);
    By by = Acting.by(caller, request);
    PutOutcome outcome =
        tenants.put(
            body.spec(path),
            version == null ? null : version.longValue(),
            onlyNew(ifNoneMatch),
            by);
    Optional<Operation> pending = outcome.pending();
    return pending.isEmpty()
        ? answer(ResponseEntity.ok(), outcome.tenant())
        : answer(
            ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, "/admin/v1/operations/" + pending.get().id()),
            outcome.tenant());
  }

  private static boolean onlyNew(@Nullable String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (!ifNoneMatch.strip().equals("*")) {
      throw Parameters.invalid(HttpHeaders.IF_NONE_MATCH, "it takes * here");
    }
    return true;
  }

  private static ResponseEntity<TenantDocument> answer(
      ResponseEntity.BodyBuilder answer, Tenant tenant) {
    return answer.eTag(EntityTag.of(tenant.version())).body(TenantDocument.of(tenant));
  }
}
