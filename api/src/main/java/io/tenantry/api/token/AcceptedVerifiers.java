package io.tenantry.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import java.security.Key;
import java.security.interfaces.EdECPublicKey;
import java.util.Set;

/** Verifies with the library, but for Ed25519. */
final class AcceptedVerifiers implements JWSVerifierFactory {

  private final DefaultJWSVerifierFactory standard = new DefaultJWSVerifierFactory();

  @Override
  public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
    if (Ed25519Verifier.NAMES.contains(header.getAlgorithm())) {
      if (key instanceof EdECPublicKey publicKey) {
        return new Ed25519Verifier(publicKey);
      }
      throw new JOSEException("The key is not of Ed25519.");
    }
    return standard.createJWSVerifier(header, key);
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return AcceptedKeys.ALGORITHMS;
  }

  @Override
  public JCAContext getJCAContext() {
    return standard.getJCAContext();
  }
}
