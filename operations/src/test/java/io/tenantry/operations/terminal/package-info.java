@NullMarked
package io.tenantry.operations.terminal;

import org.jspecify.annotations.NullMarked;
