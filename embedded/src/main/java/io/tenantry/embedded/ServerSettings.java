package io.tenantry.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What goes into the configuration files, and what may not be asked for. */
final class ServerSettings {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  private static final Set<String> OURS =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "password_encryption",
          "hba_file",
          "ident_file",
          "config_file",
          "data_directory",
          "external_pid_file",
          "logging_collector",
          "include",
          "include_dir",
          "include_if_exists");

  /** What may be said about each; PostgreSQL knows many spellings of off, so these are listed. */
  private static final Map<String, Set<String>> DURABILITY =
      new TreeMap<>(
          Map.of(
              "fsync",
              Set.of("on"),
              "full_page_writes",
              Set.of("on"),
              "synchronous_commit",
              Set.of("on", "local", "remote_write", "remote_apply")));

  private ServerSettings() {}

  static void check(Map<String, String> asked) {
    asked.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "not the name of a server setting (write it in small letters): " + name);
          }
          if (OURS.contains(name)) {
            throw new IllegalArgumentException(
                "the launcher itself decides the server setting " + name);
          }
          if (value.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("control character in the server setting " + name);
          }
          Set<String> allowed = DURABILITY.get(name);
          if (allowed != null && !allowed.contains(value.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                "acknowledged writes could be lost with " + name + "=" + value);
          }
        });
  }

  /** Our part of postgresql.conf. */
  static String configuration(Map<String, String> asked) {
    Map<String, String> all = new TreeMap<>();
    all.put("max_connections", "100");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    all.put("log_line_prefix", "%m [%p] %u@%d ");
    all.putAll(asked);
    StringBuilder text = new StringBuilder("# Written anew at every start.\n");
    all.forEach(
        (name, value) ->
            text.append(name)
                .append(" = '")
                .append(value.replace("\\", "\\\\").replace("'", "''"))
                .append("'\n"));
    return text.toString();
  }

  /**
   * What stands on the command line, so that ALTER SYSTEM cannot undo it. It passes through a
   * shell: numbers and listed words only.
   */
  static String commandLine(int port, Map<String, String> asked) {
    StringBuilder text = new StringBuilder("-p ").append(port);
    text.append(" -c listen_addresses=").append(Ports.HOST);
    text.append(" -c unix_socket_directories=");
    text.append(" -c password_encryption=scram-sha-256");
    text.append(" -c logging_collector=off");
    DURABILITY
        .keySet()
        .forEach(
            name ->
                text.append(" -c ")
                    .append(name)
                    .append('=')
                    .append(asked.getOrDefault(name, "on").toLowerCase(Locale.ROOT)));
    return text.toString();
  }

  /** No trust, no peer, no sockets: a password over the loopback address or nothing. */
  static String clientAuthentication() {
    return """
    # Written anew at every start.
    # type  database     user  address        method
    host    all          all   127.0.0.1/32   scram-sha-256
    host    all          all   ::1/128        scram-sha-256
    host    replication  all   127.0.0.1/32   scram-sha-256
    host    replication  all   ::1/128        scram-sha-256
    """;
  }
}
