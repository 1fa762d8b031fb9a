package io.tenantry.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A server somebody else runs, named by a URL; it cannot be stopped from here. */
record GivenServer(String host, int port, String superuser, String password) implements TestServer {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads {@code jdbc:postgresql://host:port/db?user=u&password=p} and {@code
   * postgres://u:p@host:port/db}; the database is not used.
   *
   * @throws IllegalArgumentException when it is neither; the message holds no password
   */
  static GivenServer parse(String url) {
    URI uri;
    try {
      uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    } catch (IllegalArgumentException e) {
      throw unusable("it is not a URL");
    }
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
      throw unusable("it is neither auto, embedded, container nor a PostgreSQL URL");
    }
    String user = parameter(uri, "user");
    String password = parameter(uri, "password");
    String given = uri.getRawUserInfo();
    if (given != null) {
      int colon = given.indexOf(':');
      user = decode(colon < 0 ? given : given.substring(0, colon));
      password = colon < 0 ? password : decode(given.substring(colon + 1));
    }
    if (user == null || password == null) {
      throw unusable("it lacks the superuser's name or password");
    }
    return new GivenServer(
        uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), user, password);
  }

  private static @Nullable String parameter(URI uri, String name) {
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return decode(pair.substring(name.length() + 1));
        }
      }
    }
    return null;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException("TENANTRY_TEST_POSTGRES cannot be used: " + why);
  }

  @Override
  public String description() {
    return "the given server at " + host + ":" + port;
  }

  @Override
  public boolean supportsRestart() {
    return false;
  }

  @Override
  public void stop() {
    throw new UnsupportedOperationException(description() + " is not ours to stop");
  }

  @Override
  public void start() {
    throw new UnsupportedOperationException(description() + " is not ours to start");
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return description();
  }
}
