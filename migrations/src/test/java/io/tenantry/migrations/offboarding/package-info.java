@NullMarked
package io.tenantry.migrations.offboarding;

import org.jspecify.annotations.NullMarked;
