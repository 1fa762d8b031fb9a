package io.tenantry.control.certificate;

import org.jspecify.annotations.Nullable;

/**
 * A place where a tenant has something. Immutable.
 *
 * @param place a table, without the name of the tenant's schema; or what else there is
 * @param rows how many rows, or things, of the tenant are there; 0 or more
 * @param sha256 over the rows as text in byte order, each with a line end, as hex; null where there
 *     are none
 */
public record PurgeItem(String place, long rows, @Nullable String sha256) {}
