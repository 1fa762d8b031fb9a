package io.tenantry.operations.client;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which server a URL leads to. Immutable. */
record Origin(String scheme, String host, int port) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Origin of(URI url) {
    String scheme = lower(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? HTTPS : HTTP;
    return new Origin(scheme, lower(url.getHost()), port);
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }
}
