package io.tenantry.api.idempotency;

import io.tenantry.api.issuer.SlowHashing;
import io.tenantry.tenancy.idempotency.RequestKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells requests with a secret apart without keeping what the secret could be guessed from at
 * speed: the hash of such a request is a slow one, with a salt of its own. Thread-safe; takes a
 * processor for long, so it is to be called before a transaction begins.
 */
@Component
class SecretFingerprint {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

  /** What a guesser's machine needs per guess; some tenths of a second of ours. */
  private static final int ITERATIONS = 600_000;

  private static final int BITS = 256;

  private final SlowHashing hashing;

  SecretFingerprint(SlowHashing hashing) {
    this.hashing = hashing;
  }

  /**
   * The key with the hash that may be kept.
   *
   * @param whose whose key it is
   * @param arguments of the handler
   */
  RequestKey keepable(String whose, RequestKey key, @Nullable Object[] arguments) {
    boolean secret =
        Arrays.stream(arguments)
            .anyMatch(argument -> argument instanceof SecretGiven body && body.secretGiven());
    return secret ? hashing.call(() -> slow(whose, key)) : key;
  }

  /**
   * Whose key it is and the key are the row's own: no other row has this salt, and a replay knows
   * it before it has read the row.
   */
  private static RequestKey slow(String whose, RequestKey key) {
    byte[] salt = (whose + "\n" + key.key()).getBytes(StandardCharsets.UTF_8);
    PBEKeySpec request = new PBEKeySpec(key.hash().toCharArray(), salt, ITERATIONS, BITS);
    try {
      byte[] hash = SecretKeyFactory.getInstance(ALGORITHM).generateSecret(request).getEncoded();
      return new RequestKey(key.key(), HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
    } finally {
      request.clearPassword();
    }
  }
}
