package io.tenantry.api.token;

import java.util.Arrays;
import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * Demands the one spelling that a token has. The library passes over characters that are too many
 * and bits that nobody reads, so one token would have many texts. Thread-safe.
 */
final class TokenSpelling {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** What a character stands for, by its code; -1 for what is no character of base64url. */
  private static final byte[] VALUES = values();

  private TokenSpelling() {}

  /**
   * Demands that each part between dots is the shortest base64url of some bytes, without padding.
   *
   * @throws BadJwtException when one is not
   */
  static void demandOne(String token) {
    int start = 0;
    int last = 0;
    for (int at = 0; at <= token.length(); at++) {
      char c = at == token.length() ? '.' : token.charAt(at);
      if (c == '.') {
        demandShortest(at - start, last);
        start = at + 1;
      } else {
        last = c < VALUES.length ? VALUES[c] : -1;
        if (last < 0) {
          throw new BadJwtException("A part of the token is not base64url.");
        }
      }
    }
  }

  /**
   * Of four characters, two alone carry 4 bits and three carry 2 bits that belong to no byte.
   *
   * @param last what the last character stands for; nothing where there is none
   */
  private static void demandShortest(int length, int last) {
    int unread =
        switch (length % 4) {
          case 0 -> 0;
          case 2 -> last & 0b1111;
          case 3 -> last & 0b11;
          default -> throw new BadJwtException("A part of the token is not base64url.");
        };
    if (unread != 0) {
      throw new BadJwtException("A part of the token is not the shortest base64url.");
    }
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      values[ALPHABET.charAt(value)] = (byte) value;
    }
    return values;
  }
}
