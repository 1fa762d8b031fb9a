/** Certificates of purged tenants as files, and whether they can be believed. */
@NullMarked
package io.tenantry.operations.certificate;

import org.jspecify.annotations.NullMarked;
