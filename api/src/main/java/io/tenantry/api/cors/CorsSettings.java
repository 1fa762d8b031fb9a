package io.tenantry.api.cors;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls from pages of other origins (CORS).
 *
 * @param origins whose pages may call from a browser, each as the browser names it: {@code
 *     https://desk.example}; none by default, and no wildcard
 */
@ConfigurationProperties("tenantry.cors")
public record CorsSettings(@DefaultValue Set<String> origins) {

  public CorsSettings {
    origins = Set.copyOf(origins);
    for (String origin : origins) {
      if (!isOrigin(origin)) {
        throw new IllegalArgumentException(
            "tenantry.cors.origins has '"
                + origin
                + "'; it takes origins such as https://desk.example, with a port only if it is not"
                + " the scheme's own, without a path.");
      }
    }
  }

  private static boolean isOrigin(String text) {
    if (!text.matches("https?://[^/?#@*]+")) {
      return false;
    }
    URI origin = URI.create(text);
    return origin.getHost() != null && text.equals(text.toLowerCase(Locale.ROOT));
  }
}
