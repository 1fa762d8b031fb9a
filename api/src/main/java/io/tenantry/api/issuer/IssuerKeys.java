package io.tenantry.api.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.Remembered;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's key as the token libraries want it, named by its thumbprint. Asks for the key again
 * after a few seconds: a changed one is in use without a restart, and a request does not read a
 * file. Thread-safe.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Remembered<JWKSet> keys;

  IssuerKeys(CredentialSource credentials) {
    this.keys = new Remembered<>(() -> read(credentials), FRESH, InstantSource.system());
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      return selector.select(keys.get());
    } catch (TenantryException e) {
      // Not the token's fault: it must not be answered as a bad token.
      throw new KeySourceException("The issuer's key cannot be read.", e);
    }
  }

  private static JWKSet read(CredentialSource credentials) {
    KeyPair pair = credentials.issuerKey();
    try {
      return new JWKSet(
          new RSAKey.Builder((RSAPublicKey) pair.getPublic())
              .privateKey(pair.getPrivate())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint()
              .build());
    } catch (JOSEException e) {
      throw new TenantryException(
          ErrorCode.SECRET_UNREADABLE, "The issuer's key has no thumbprint.", e);
    }
  }
}
