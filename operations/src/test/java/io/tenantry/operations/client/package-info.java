@NullMarked
package io.tenantry.operations.client;

import org.jspecify.annotations.NullMarked;
