@NullMarked
package io.tenantry.operations.database;

import org.jspecify.annotations.NullMarked;
