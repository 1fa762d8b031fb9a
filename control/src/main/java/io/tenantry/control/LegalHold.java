package io.tenantry.control;

import java.time.Instant;

/**
 * Why a tenant must not be purged, whatever its retention says. Immutable.
 *
 * @param reason 1 to 500 characters
 * @param by who put it on the tenant
 */
public record LegalHold(String reason, String by, Instant since) {}
