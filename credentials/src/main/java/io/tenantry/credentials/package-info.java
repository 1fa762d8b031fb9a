/**
 * Logins and keys: the port {@link io.tenantry.credentials.CredentialSource} and its
 * implementations.
 */
@NullMarked
package io.tenantry.credentials;

import org.jspecify.annotations.NullMarked;
