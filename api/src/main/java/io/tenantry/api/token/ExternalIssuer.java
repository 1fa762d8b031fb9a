package io.tenantry.api.token;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else whose tokens are believed.
 *
 * @param uri as its tokens name it, to the letter
 * @param jwksUri where its public keys are; https, or http on this machine's own address
 * @param audience what the {@code aud} of its tokens has to name; null: what all others name
 */
public record ExternalIssuer(String uri, URI jwksUri, @Nullable String audience) {

  public ExternalIssuer {
    if (uri == null || uri.isBlank()) {
      throw new IllegalArgumentException("An entry of tenantry.security.issuers has no uri.");
    }
    if (jwksUri == null) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has no jwks-uri for " + uri + ".");
    }
    if (jwksUri.getRawUserInfo() != null) {
      // Not shown: it could be a secret.
      throw new IllegalArgumentException(
          "tenantry.security.issuers has a jwks-uri with a user in it for " + uri + ".");
    }
    if (jwksUri.getScheme() == null || jwksUri.getHost() == null || !isSafe(jwksUri)) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has the jwks-uri "
              + jwksUri
              + "; it takes an https address, or http on 127.0.0.1, [::1] or localhost.");
    }
    if (audience != null && audience.isBlank()) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has an empty audience for " + uri + ".");
    }
  }

  /** Keys that came over a line that others can write to would be anybody's keys. */
  private static boolean isSafe(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return scheme.equals("https")
        || (scheme.equals("http")
            && (host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")));
  }
}
