package io.tenantry.api;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A key of an issuer elsewhere, and tokens signed with it by the JDK alone. */
public record Signer(String id, String algorithm, KeyPair pair) {

  public static Signer rsa(String id) {
    return of(id, "RS256", "RSA");
  }

  public static Signer ec(String id) {
    return of(id, "ES256", "EC");
  }

  public static Signer ed25519(String id) {
    return of(id, "EdDSA", "Ed25519");
  }

  private static Signer of(String id, String algorithm, String kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else if (kind.equals("RSA")) {
        generator.initialize(2048);
      }
      return new Signer(id, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half, as an issuer publishes it. */
  public JWK publicKey() {
    return switch (algorithm) {
      case "RS256" -> new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(id).build();
      case "ES256" ->
          new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).keyID(id).build();
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        yield new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).keyID(id).build();
      }
    };
  }

  String sign(JWTClaimsSet claims) {
    return sign(claims, Map.of());
  }

  /** With header values added or changed; an empty text leaves one out. */
  String sign(JWTClaimsSet claims, Map<String, Object> header) {
    return sign(claims, header, jdkName(algorithm));
  }

  String sign(JWTClaimsSet claims, Map<String, Object> changes, @Nullable String jdkAlgorithm) {
    Map<String, Object> header = new HashMap<>(Map.of("alg", algorithm, "kid", id, "typ", "JWT"));
    header.putAll(changes);
    header.values().removeIf(""::equals);
    String signed =
        Base64URL.encode(JsonMapper.builder().build().writeValueAsString(header))
            + "."
            + Base64URL.encode(claims.toString());
    try {
      byte[] signature = {};
      if (jdkAlgorithm != null) {
        Signature signer = Signature.getInstance(jdkAlgorithm);
        signer.initSign(pair.getPrivate());
        signer.update(signed.getBytes(StandardCharsets.US_ASCII));
        signature = signer.sign();
      }
      return signed + "." + Base64URL.encode(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jdkName(String algorithm) {
    return switch (algorithm) {
      case "RS256" -> "SHA256withRSA";
      case "ES256" -> "SHA256withECDSAinP1363Format";
      default -> "Ed25519";
    };
  }
}
