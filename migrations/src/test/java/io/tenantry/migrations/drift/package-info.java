@NullMarked
package io.tenantry.migrations.drift;

import org.jspecify.annotations.NullMarked;
