@NullMarked
package io.tenantry.migrations;

import org.jspecify.annotations.NullMarked;
