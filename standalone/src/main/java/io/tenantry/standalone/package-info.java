/**
 * Everything in one process on an embedded PostgreSQL, and the commands that go with it.
 *
 * <p>Each duty has a Spring context of its own, side by side, so that the beans that serve requests
 * never see the login that changes schemas.
 */
@NullMarked
package io.tenantry.standalone;

import org.jspecify.annotations.NullMarked;
