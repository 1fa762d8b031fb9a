/** Runs the changelogs by Liquibase: the platform's tree once, the tenant tree once per tenant. */
@NullMarked
package io.tenantry.migrations.changelog;

import org.jspecify.annotations.NullMarked;
