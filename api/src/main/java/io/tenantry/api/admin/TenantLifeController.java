package io.tenantry.api.admin;

import io.tenantry.api.precondition.EntityTag;
import io.tenantry.control.Started;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is done to a tenant that is there: this writes it down, the provisioner carries it out. */
@RestController
@RequestMapping(path = "/admin/v1/tenants/{slug}", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantLifeController {

  private static final String CONFIRM = "Confirm-Tenant";

  private final TenantLifecycle lifecycle;

  TenantLifeController(TenantLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @DeleteMapping
  ResponseEntity<TenantDocument> delete(
      @PathVariable("slug") String slug,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader(name = CONFIRM, required = false) @Nullable String confirmed,
      Principal caller,
      HttpServletRequest request) {
    TenantSlug tenant = TenantPath.slug(slug);
    long version = EntityTag.demanded(ifMatch);
    demandConfirmed(tenant, confirmed);
    return accepted(lifecycle.delete(tenant, version, Acting.by(caller, request)));
  }

  @PostMapping("/suspend")
  ResponseEntity<TenantDocument> suspend(
      @PathVariable("slug") String slug, Principal caller, HttpServletRequest request) {
    return done(lifecycle.suspend(TenantPath.slug(slug), Acting.by(caller, request)));
  }

  @PostMapping("/resume")
  ResponseEntity<TenantDocument> resume(
      @PathVariable("slug") String slug, Principal caller, HttpServletRequest request) {
    return done(lifecycle.resume(TenantPath.slug(slug), Acting.by(caller, request)));
  }

  @PostMapping("/undelete")
  ResponseEntity<TenantDocument> undelete(
      @PathVariable("slug") String slug, Principal caller, HttpServletRequest request) {
    return done(lifecycle.undelete(TenantPath.slug(slug), Acting.by(caller, request)));
  }

  @PostMapping("/retry")
  ResponseEntity<TenantDocument> retry(
      @PathVariable("slug") String slug, Principal caller, HttpServletRequest request) {
    return accepted(lifecycle.retry(TenantPath.slug(slug), Acting.by(caller, request)));
  }

  static void demandConfirmed(TenantSlug tenant, @Nullable String confirmed) {
    if (confirmed == null || !confirmed.strip().equals(tenant.value())) {
      throw new TenantryException(
          ErrorCode.CONFIRMATION_REQUIRED,
          CONFIRM + (confirmed == null ? " is missing." : " names another tenant than the path."));
    }
  }

  static ResponseEntity<TenantDocument> done(Tenant tenant) {
    return ResponseEntity.ok().eTag(EntityTag.of(tenant.version())).body(TenantDocument.of(tenant));
  }

  static ResponseEntity<TenantDocument> accepted(Started started) {
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .header(HttpHeaders.LOCATION, "/admin/v1/operations/" + started.operation().id())
        .eTag(EntityTag.of(started.tenant().version()))
        .body(TenantDocument.of(started.tenant()));
  }
}
