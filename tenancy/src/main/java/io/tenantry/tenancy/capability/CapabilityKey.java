package io.tenantry.tenancy.capability;

import java.util.Arrays;

/**
 * A secret that signs capabilities, and its number. Immutable; compares and prints by its number
 * alone, so that the secret ends up in no log.
 */
public final class CapabilityKey {

  /** The block length of HMAC-SHA256 (RFC 2104): both pads have it. */
  private static final int BLOCK_BYTES = 64;

  private static final int LEAST_BYTES = 32;

  private final int id;
  private final byte[] secret;

  /**
   * @param id positive
   * @param secret 32 to 64 random bytes
   * @throws IllegalArgumentException outside of these
   */
  public CapabilityKey(int id, byte[] secret) {
    if (id <= 0) {
      throw new IllegalArgumentException("The id of a capability key is positive, not " + id + ".");
    }
    if (secret.length < LEAST_BYTES || secret.length > BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "Capability key " + id + " has " + secret.length + " bytes; it needs 32 to 64.");
    }
    this.id = id;
    this.secret = secret.clone();
  }

  public int id() {
    return id;
  }

  byte[] secret() {
    return secret.clone();
  }

  /** The key padded and xored for the inner hash, as the database's key table keeps it. */
  public byte[] innerPad() {
    return pad((byte) 0x36);
  }

  /** The key padded and xored for the outer hash, as the database's key table keeps it. */
  public byte[] outerPad() {
    return pad((byte) 0x5c);
  }

  private byte[] pad(byte with) {
    byte[] padded = Arrays.copyOf(secret, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      padded[i] ^= with;
    }
    return padded;
  }

  @Override
  public String toString() {
    return "CapabilityKey[id=" + id + "]";
  }
}
