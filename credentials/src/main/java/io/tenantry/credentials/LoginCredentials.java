package io.tenantry.credentials;

/**
 * A login and its password, always read and used together. Prints without the password.
 *
 * @param user the PostgreSQL login
 * @param password never empty
 */
public record LoginCredentials(String user, String password) {

  public LoginCredentials {
    if (user.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("A login needs a name and a password.");
    }
  }

  @Override
  public String toString() {
    return "LoginCredentials[user=" + user + "]";
  }
}
