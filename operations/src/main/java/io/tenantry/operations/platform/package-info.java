/** Which platform a command works on, and the ways to it. */
@NullMarked
package io.tenantry.operations.platform;

import org.jspecify.annotations.NullMarked;
