package io.tenantry.tenancy.error;

/**
 * What is wrong with one value of a request.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body, or the name of a query parameter
 * @param code stable, snake_case
 * @param detail names the value and what is accepted
 */
public record FieldError(String pointer, String code, String detail) {}
