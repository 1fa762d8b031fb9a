package io.tenantry.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The algorithms and keys by which a token may be signed; no other is looked at. */
final class AcceptedKeys {

  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
  private static final int SHORTEST_RSA = 2048;
  // What an Ed25519 key has in front of its 32 bytes in the form that the JDK reads.
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int ED25519_BYTES = 32;

  private AcceptedKeys() {}

  /**
   * Whether the header asks for something that is done here. Extensions that it calls critical are
   * not, none of them; keys and addresses that it carries are never read.
   */
  static boolean accepts(JWSHeader header) {
    Set<String> critical = header.getCriticalParams();
    return ALGORITHMS.contains(header.getAlgorithm()) && (critical == null || critical.isEmpty());
  }

  /** The public key, if it is of a kind that is accepted. */
  static Optional<Key> of(JWK key) {
    try {
      return Optional.ofNullable(
          switch (key) {
            case RSAKey rsa -> rsa.size() < SHORTEST_RSA ? null : rsa.toRSAPublicKey();
            case ECKey ec -> Curve.P_256.equals(ec.getCurve()) ? ec.toECPublicKey() : null;
            case OctetKeyPair okp -> Curve.Ed25519.equals(okp.getCurve()) ? ed25519(okp) : null;
            default -> null;
          });
    } catch (JOSEException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static @Nullable PublicKey ed25519(OctetKeyPair key) throws GeneralSecurityException {
    byte[] raw = key.getDecodedX();
    if (raw.length != ED25519_BYTES) {
      return null;
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + raw.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
