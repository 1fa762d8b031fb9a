package io.tenantry.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 5802), without channel binding. One login each. */
final class ScramProof {
  private static final int KEY_BITS = 256;

  private final String password;
  private final String bareFirst = "n=,r=" + SuperuserPassword.generate();

  ScramProof(String password) {
    this.password = password;
  }

  String clientFirst() {
    return "n,," + bareFirst;
  }

  String clientFinal(String serverFirst) throws IOException {
    try {
      byte[] salt = Base64.getDecoder().decode(field(serverFirst, "s="));
      int rounds = Integer.parseInt(field(serverFirst, "i="));
      String withoutProof = "c=biws,r=" + field(serverFirst, "r=");
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, KEY_BITS))
              .getEncoded();
      byte[] clientKey = hmac(salted, "Client Key");
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] proof = hmac(storedKey, bareFirst + "," + serverFirst + "," + withoutProof);
      for (int i = 0; i < proof.length; i++) {
        proof[i] ^= clientKey[i];
      }
      return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the server's part of the login cannot be used", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String message, String name) throws IOException {
    for (String part : message.split(",", -1)) {
      if (part.startsWith(name)) {
        return part.substring(name.length());
      }
    }
    throw new IOException("the server's part of the login lacks " + name);
  }
}
