package io.tenantry.api.admin;

import io.tenantry.api.paging.Parameters;
import io.tenantry.control.By;
import io.tenantry.control.TenantCertificates;
import io.tenantry.control.TenantPurges;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The end of a tenant for good: legal holds, purges and their certificates. */
@RestController
@RequestMapping(path = "/admin/v1/tenants/{slug}", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantPurgeController {

  private final TenantPurges purges;
  private final TenantCertificates certificates;

  TenantPurgeController(TenantPurges purges, TenantCertificates certificates) {
    this.purges = purges;
    this.certificates = certificates;
  }

  @PutMapping(path = "/hold", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TenantDocument> hold(
      @PathVariable("slug") String slug,
      @RequestBody HoldPut body,
      Principal caller,
      HttpServletRequest request) {
    TenantSlug tenant = TenantPath.slug(slug);
    By by = Acting.by(caller, request);
    return TenantLifeController.done(purges.hold(tenant, body.checked(), by));
  }

  @DeleteMapping("/hold")
  ResponseEntity<TenantDocument> release(
      @PathVariable("slug") String slug, Principal caller, HttpServletRequest request) {
    return TenantLifeController.done(
        purges.release(TenantPath.slug(slug), Acting.by(caller, request)));
  }

  /** Looks unless it is told to do it. */
  @PostMapping("/purge")
  ResponseEntity<TenantDocument> purge(
      @PathVariable("slug") String slug,
      @RequestParam(name = "dryRun", required = false) @Nullable String dryRun,
      @RequestHeader(name = "Confirm-Tenant", required = false) @Nullable String confirmed,
      Principal caller,
      HttpServletRequest request) {
    TenantSlug tenant = TenantPath.slug(slug);
    By by = Acting.by(caller, request);
    if (dryRun == null || dryRun.equals("true")) {
      return TenantLifeController.accepted(purges.preview(tenant, by));
    }
    if (!dryRun.equals("false")) {
      throw Parameters.invalid("dryRun", "it takes true or false");
    }
    TenantLifeController.demandConfirmed(tenant, confirmed);
    return TenantLifeController.accepted(purges.purge(tenant, by));
  }

  /** Of the tenant that had the slug and was purged last; the slug of its tombstone does, too. */
  @GetMapping("/certificate")
  CertificateDocument certificate(@PathVariable("slug") String slug) {
    TenantSlug tenant = TenantPath.slug(slug);
    return certificates
        .find(tenant)
        .map(CertificateDocument::of)
        .orElseThrow(
            () ->
                new TenantryException(
                    ErrorCode.NOT_FOUND, "No tenant '" + tenant + "' was purged."));
  }
}
