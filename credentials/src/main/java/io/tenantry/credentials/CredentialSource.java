package io.tenantry.credentials;

import io.tenantry.tenancy.capability.CapabilityKey;
import java.security.KeyPair;
import java.util.List;

/**
 * Where logins and keys come from. Every method answers what is in use at the moment of the call,
 * so callers ask again instead of keeping an answer. Thread-safe; may block on the disk or the
 * network; the same call twice has no effect on the store.
 *
 * <p>All methods throw {@code TenantryException} with {@code secret_unreadable} when the secret is
 * missing, malformed or open to others; nothing is ever answered in part.
 */
public interface CredentialSource {

  /** The login in use for {@code duty}, with its password. */
  LoginCredentials login(Duty duty);

  /** The login {@code user} with its password, whether it is in use or idle. */
  LoginCredentials login(String user);

  /** The key that signs capabilities now. */
  CapabilityKey capabilityKey();

  /** The RSA key pair that signs the built-in issuer's tokens. */
  KeyPair issuerKey();

  /** The Ed25519 key pair that signs the certificates of purged tenants. */
  KeyPair certificateKey();

  /**
   * Names of secrets in the store that have {@code part} in them, sorted; never a secret itself.
   * Empty when there is none.
   */
  List<String> namesContaining(String part);
}
