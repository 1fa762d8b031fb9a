@NullMarked
package io.tenantry.migrations.changelog;

import org.jspecify.annotations.NullMarked;
