@NullMarked
package io.tenantry.migrations.rules;

import org.jspecify.annotations.NullMarked;
