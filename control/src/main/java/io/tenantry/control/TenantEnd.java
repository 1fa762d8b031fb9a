package io.tenantry.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a tenant's end. Immutable.
 *
 * @param deletedAt when it was deleted; null unless it is deleted
 * @param purgeAfter until when it can be undeleted and must not be purged; null unless it is
 *     RETAINED
 * @param purgeBegunAt since when its data are being removed; null: they are whole
 * @param hold null: there is none
 */
public record TenantEnd(
    @Nullable Instant deletedAt,
    @Nullable Instant purgeAfter,
    @Nullable Instant purgeBegunAt,
    @Nullable LegalHold hold) {

  /** Of a tenant that lives. */
  public static final TenantEnd NONE = new TenantEnd(null, null, null, null);
}
