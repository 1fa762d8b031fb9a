package io.tenantry.migrations.bootstrap;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.Duty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * Gives the logins their passwords. What goes to the server is the SCRAM verifier, made here: a
 * password in a statement would stand in the server's log.
 */
final class RolePasswords {

  private static final Pattern VERIFIER =
      Pattern.compile("SCRAM-SHA-256\\$(\\d+):([A-Za-z0-9+/=]+)\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+");

  private RolePasswords() {}

  static void set(Connection connection, CredentialSource credentials) throws SQLException {
    for (Duty duty : Duty.values()) {
      for (String login : duty.logins()) {
        set(connection, login, credentials.login(login).password());
      }
    }
  }

  private static void set(Connection connection, String login, String password)
      throws SQLException {
    // The salt is random: setting the same password anew would change the row, and with it end the
    // caches of every proxy that keeps verifiers.
    if (matches(current(connection, login), password)) {
      return;
    }
    String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "alter role "
              + statement.enquoteIdentifier(login, true)
              + " password "
              + statement.enquoteLiteral(verifier));
    }
  }

  private static @Nullable String current(Connection connection, String login) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select rolpassword from pg_authid where rolname = ?")) {
      statement.setString(1, login);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  static boolean matches(@Nullable String verifier, String password) {
    if (verifier == null) {
      return false;
    }
    Matcher parts = VERIFIER.matcher(verifier);
    return parts.matches()
        && verifier.equals(
            PasswordUtil.encodeScramSha256(
                password.toCharArray(),
                Integer.parseInt(parts.group(1)),
                Base64.getDecoder().decode(parts.group(2))));
  }
}
