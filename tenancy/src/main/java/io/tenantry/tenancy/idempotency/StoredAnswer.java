package io.tenantry.tenancy.idempotency;

/**
 * An answer as it is kept and repeated.
 *
 * @param status the HTTP status, 200 to 499
 * @param headers the headers that belong to it, one a line, as {@code Name: value}; may be empty
 * @param body may be empty
 */
public record StoredAnswer(int status, String headers, String body) {}
