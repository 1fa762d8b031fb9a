package io.tenantry.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Set;

/** Verifies Ed25519 with the JDK; the library's own verifier needs another library for it. */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {

  /** The names of the algorithm: RFC 8037's, and the newer one of RFC 9864. */
  static final Set<JWSAlgorithm> NAMES = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private final PublicKey key;

  Ed25519Verifier(PublicKey key) {
    super(NAMES);
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature.decode());
    } catch (SignatureException e) {
      // Of the wrong length, or no point of the curve.
      return false;
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Ed25519 cannot be verified.", e);
    }
  }
}
