/**
 * Credentials in a directory of files, one secret a file, as a Kubernetes Secret is mounted too.
 *
 * <p>{@code login.<user>} holds a password; {@code active.<duty>} names the login in use; {@code
 * capability.<id>} holds a key in Base64 and {@code active.capability} its number; {@code
 * issuer.pem} holds the issuer's RSA private key (PKCS #8); {@code certificate-key.pem} holds the
 * Ed25519 key that signs certificates of purged tenants (PKCS #8), and behind it its public key,
 * which is no secret. A final line end is not part of a secret.
 */
@NullMarked
package io.tenantry.credentials.directory;

import org.jspecify.annotations.NullMarked;
