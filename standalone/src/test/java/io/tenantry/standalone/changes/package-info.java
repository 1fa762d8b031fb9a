@NullMarked
package io.tenantry.standalone.changes;

import org.jspecify.annotations.NullMarked;
