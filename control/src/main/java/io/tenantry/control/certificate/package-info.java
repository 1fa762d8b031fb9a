/** Certificates of purged tenants: what they say, how they are signed and believed. */
@NullMarked
package io.tenantry.control.certificate;

import org.jspecify.annotations.NullMarked;
