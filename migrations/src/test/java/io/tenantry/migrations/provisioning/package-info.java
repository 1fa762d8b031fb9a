@NullMarked
package io.tenantry.migrations.provisioning;

import org.jspecify.annotations.NullMarked;
