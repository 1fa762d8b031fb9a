/** Runs over the schemas of all tenants: asked for here, carried out elsewhere. */
@NullMarked
package io.tenantry.api.migrations;

import org.jspecify.annotations.NullMarked;
