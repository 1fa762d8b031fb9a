/** The port for logins and keys, and its implementations. */
@NullMarked
package io.tenantry.credentials;

import org.jspecify.annotations.NullMarked;
