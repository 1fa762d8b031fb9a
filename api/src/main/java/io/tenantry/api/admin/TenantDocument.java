package io.tenantry.api.admin;

import io.tenantry.api.precondition.EntityTag;
import io.tenantry.api.tenant.LimitsView;
import io.tenantry.control.LegalHold;
import io.tenantry.control.Tenant;
import io.tenantry.tenancy.TenantState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as the platform's operators see it.
 *
 * @param purgeAfter until when it can be undeleted; null unless it is RETAINED
 * @param hold null: nothing but its retention keeps it from being purged
 */
record TenantDocument(
    UUID id,
    String slug,
    String displayName,
    String tier,
    Map<String, String> labels,
    LimitsView limits,
    TenantState status,
    boolean suspended,
    boolean quarantined,
    boolean deletionProtection,
    int retentionDays,
    @Nullable String schemaVersion,
    @Nullable Instant purgeAfter,
    @Nullable Hold hold,
    Instant createdAt,
    String etag) {

  /** A legal hold as it is answered. */
  record Hold(String reason, String by, Instant since) {

    static @Nullable Hold of(@Nullable LegalHold hold) {
      return hold == null ? null : new Hold(hold.reason(), hold.by(), hold.since());
    }
  }

  static TenantDocument of(Tenant tenant) {
    return new TenantDocument(
        tenant.id().value(),
        tenant.slug().value(),
        tenant.displayName(),
        tenant.tier(),
        // Sorted, so that equal tenants are equal bytes.
        new TreeMap<>(tenant.labels()),
        LimitsView.of(tenant.limits()),
        tenant.state(),
        tenant.suspended(),
        tenant.quarantined(),
        tenant.deletionProtection(),
        tenant.retentionDays(),
        tenant.schemaVersion(),
        tenant.end().purgeAfter(),
        Hold.of(tenant.end().hold()),
        tenant.createdAt(),
        EntityTag.of(tenant.version()));
  }
}
