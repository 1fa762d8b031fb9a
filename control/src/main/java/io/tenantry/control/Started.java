package io.tenantry.control;

/** A tenant, and the operation that works on it; both as they are now. */
public record Started(Tenant tenant, Operation operation) {}
