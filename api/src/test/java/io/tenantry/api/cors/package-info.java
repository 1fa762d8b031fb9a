@NullMarked
package io.tenantry.api.cors;

import org.jspecify.annotations.NullMarked;
