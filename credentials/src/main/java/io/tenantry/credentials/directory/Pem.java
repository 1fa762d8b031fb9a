package io.tenantry.credentials.directory;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;

/** Keys as PEM blocks, of which a text may hold several. */
final class Pem {

  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private Pem() {}

  static String write(String kind, Key key) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return begin(kind) + "\n" + body + "\n" + end(kind);
  }

  /**
   * The first block of that kind; the whole text is its body where it has no such block.
   *
   * @throws IllegalArgumentException when the body is not Base64
   */
  static byte[] read(String text, String kind) {
    int from = text.indexOf(begin(kind));
    int to = text.indexOf(end(kind), Math.max(from, 0));
    String body = from < 0 || to < 0 ? text : text.substring(from + begin(kind).length(), to);
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }

  private static String begin(String kind) {
    return "-----BEGIN " + kind + "-----";
  }

  private static String end(String kind) {
    return "-----END " + kind + "-----";
  }
}
