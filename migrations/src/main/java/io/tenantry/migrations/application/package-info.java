/** The provisioner as a process of its own. */
@NullMarked
package io.tenantry.migrations.application;

import org.jspecify.annotations.NullMarked;
