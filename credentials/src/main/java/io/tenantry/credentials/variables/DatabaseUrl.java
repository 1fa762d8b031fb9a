package io.tenantry.credentials.variables;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database's URL in the forms that earlier systems wrote: {@code postgres://}, {@code
 * postgresql://}, {@code postgresql+driver://}, {@code jdbc:postgresql://}.
 */
final class DatabaseUrl {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>jdbc:postgresql|postgres(?:ql)?(?:\\+[a-z0-9_]+)?)://"
              + "(?:(?<login>[^/?#]*)@)?(?<host>\\[[^\\]/?#]*\\]|[^:/?#\\[\\]]*)(?::(?<port>[^/?#]*))?"
              + "(?:/(?<name>[^?#]*))?(?:\\?(?<query>[^#]*))?",
          Pattern.CASE_INSENSITIVE);

  private DatabaseUrl() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what is wrong, without any part that may be secret
   */
  static GivenDatabase read(String url) {
    Matcher parts = FORM.matcher(url.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "it is no URL of the form postgresql://host:port/database");
    }
    Map<String, String> query = query(parts.group("query"));
    String login = parts.group("login");
    int colon = login == null ? -1 : login.indexOf(':');
    String user = login == null ? null : decode(colon < 0 ? login : login.substring(0, colon));
    String password = login == null || colon < 0 ? null : decode(login.substring(colon + 1));
    String name = parts.group("name");
    return new GivenDatabase(
        host(parts.group("host")),
        port(parts.group("port")),
        name == null || name.isEmpty() ? null : decode(name),
        sslMode(query, parts.group("scheme").toLowerCase(Locale.ROOT).startsWith("jdbc:")),
        orElse(user, query.get("user")),
        orElse(password, query.get("password")));
  }

  private static String host(String text) {
    String host = text.startsWith("[") ? text.substring(1, text.length() - 1) : decode(text);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("it names no host");
    }
    if (host.indexOf(',') >= 0) {
      throw new IllegalArgumentException("it names more than one host");
    }
    return host;
  }

  private static @Nullable Integer port(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    // Not shown: after a password with an unencoded @ or / something else may stand there.
    if (!text.matches("\\d{1,5}") || !isPort(Integer.parseInt(text))) {
      throw new IllegalArgumentException("its port is not between 1 and 65535");
    }
    return Integer.valueOf(text);
  }

  static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  /**
   * Node and asyncpg write {@code ssl}; for the JDBC driver {@code ssl=true} means a full check.
   */
  private static @Nullable String sslMode(Map<String, String> query, boolean jdbc) {
    String mode = query.get("sslmode");
    String ssl = query.get("ssl");
    if (mode != null || ssl == null) {
      return mode == null ? null : SslModes.demand(mode);
    }
    return switch (ssl.toLowerCase(Locale.ROOT)) {
      case "", "true", "1" -> jdbc ? "verify-full" : "require";
      case "false", "0" -> "disable";
      default -> SslModes.demand(ssl);
    };
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new HashMap<>();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  /** Percent-encoding alone: a plus is a plus, in passwords too. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The cause's text would show the part, which may be the password.
      throw new IllegalArgumentException("its percent-encoding is broken");
    }
  }

  private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
    return first == null || first.isEmpty() ? second : first;
  }
}
