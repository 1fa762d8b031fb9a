package io.tenantry.tenancy.idempotency;

/**
 * What the caller gets.
 *
 * @param replayed whether an earlier request made it
 */
public record Answered(StoredAnswer answer, boolean replayed) {}
