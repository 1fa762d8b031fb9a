@NullMarked
package io.tenantry.migrations.application;

import org.jspecify.annotations.NullMarked;
