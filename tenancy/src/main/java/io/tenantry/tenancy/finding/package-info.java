/**
 * What a look at the platform can find that isolation does not survive, each with a stable code.
 */
@NullMarked
package io.tenantry.tenancy.finding;

import org.jspecify.annotations.NullMarked;
