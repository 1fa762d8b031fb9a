@NullMarked
package io.tenantry.migrations.control;

import org.jspecify.annotations.NullMarked;
