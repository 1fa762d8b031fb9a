package io.tenantry.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tenantry.tenancy.TenantId;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/** Makes tokens as the issuer does, and as others would like to. */
record Tokens(KeyPair key) {

  String tenant(TenantId tenant) {
    return tenant(tenant, "tenant:read tenant:write");
  }

  String tenant(TenantId tenant, String scope) {
    return sign(key, claims -> claims.claim("tenant_id", tenant.toString()).claim("scope", scope));
  }

  String platform() {
    return platform("platform:read platform:write");
  }

  String platform(String scope) {
    return sign(key, claims -> claims.claim("scope", scope));
  }

  /** A good token, but for what {@code change} does to its claims. */
  String sign(KeyPair with, Consumer<JWTClaimsSet.Builder> change) {
    return sign(with, JWSAlgorithm.RS256, "at+jwt", change);
  }

  String sign(
      KeyPair with, JWSAlgorithm algorithm, String type, Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims = claims();
    change.accept(claims);
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm)
                  .type(new JOSEObjectType(type))
                  .keyID(keyId())
                  .build(),
              claims.build());
      jwt.sign(new RSASSASigner(with.getPrivate()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String keyId() throws JOSEException {
    return new RSAKey.Builder((RSAPublicKey) key.getPublic())
        .keyIDFromThumbprint()
        .build()
        .getKeyID();
  }

  static JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ApiServer.ISSUER)
        .subject("somebody")
        .audience("tenantry")
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        // Longer than the longest run of a test: a long fuzz would end as nobody.
        .expirationTime(Date.from(now.plus(Duration.ofHours(4))));
  }
}
