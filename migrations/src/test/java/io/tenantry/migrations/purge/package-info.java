@NullMarked
package io.tenantry.migrations.purge;

import org.jspecify.annotations.NullMarked;
