package io.tenantry.control;

import org.jspecify.annotations.Nullable;

/**
 * A step of an operation that went well.
 *
 * @param number from 1
 * @param detail what the operation says about it, null for nothing
 */
public record DoneStep(int number, @Nullable String detail) {}
