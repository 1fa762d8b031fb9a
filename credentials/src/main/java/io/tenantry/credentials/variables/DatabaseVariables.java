package io.tenantry.credentials.variables;

import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.error.TenantryException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of earlier systems, put in order: each value is taken from the first that has it,
 * and a host brings its port with it. Immutable.
 */
public final class DatabaseVariables {

  static final String HOST = "tenantry.database.host";
  static final String PORT = "tenantry.database.port";
  static final String NAME = "tenantry.database.name";
  static final String SSL_MODE = "tenantry.database.ssl-mode";

  private final Map<VariableSource, GivenDatabase> given;

  private DatabaseVariables(Map<VariableSource, GivenDatabase> given) {
    this.given = given;
  }

  /**
   * Reads them.
   *
   * @param lookup gives a variable's value, null when it is not set
   * @throws TenantryException with {@code setting_invalid} when one is set and cannot be used; it
   *     names the variable, never its value where a password could be in it
   */
  public static DatabaseVariables read(Function<String, @Nullable String> lookup) {
    Map<VariableSource, GivenDatabase> given = new EnumMap<>(VariableSource.class);
    for (VariableSource source : VariableSource.values()) {
      given.put(source, source.read(lookup));
    }
    return new DatabaseVariables(given);
  }

  /**
   * The user and password of the first that names both; for the commands that set up or migrate a
   * database, which one pair can serve. Running processes have logins of their own.
   */
  public Optional<LoginCredentials> login() {
    for (GivenDatabase one : given.values()) {
      if (one.user() != null && one.password() != null) {
        return Optional.of(new LoginCredentials(one.user(), one.password()));
      }
    }
    return Optional.empty();
  }

  /**
   * The same, of the first that does not name another host: a password is not tried at a server
   * that it was not meant for.
   */
  public Optional<LoginCredentials> login(String host) {
    for (GivenDatabase one : given.values()) {
      String named = one.host();
      if (one.user() != null && one.password() != null && (named == null || named.equals(host))) {
        return Optional.of(new LoginCredentials(one.user(), one.password()));
      }
    }
    return Optional.empty();
  }

  /** Property and value with the variable it came from, for what they say. */
  Map<String, Origin> properties() {
    Map<String, Origin> properties = new LinkedHashMap<>();
    add(properties, HOST, "HOST", GivenDatabase::host);
    Origin host = properties.get(HOST);
    // Of the host's own source, which has one whenever it has a host.
    add(
        properties,
        PORT,
        "PORT",
        one -> host == null || host.from().equals(one) ? one.port() : null);
    add(properties, NAME, "NAME", GivenDatabase::name);
    add(properties, SSL_MODE, "SSLMODE", GivenDatabase::sslMode);
    return properties;
  }

  private void add(
      Map<String, Origin> properties,
      String property,
      String part,
      Function<GivenDatabase, @Nullable Object> value) {
    for (Map.Entry<VariableSource, GivenDatabase> one : given.entrySet()) {
      Object found = value.apply(one.getValue());
      if (found != null) {
        properties.put(
            property, new Origin(found.toString(), one.getKey().variable(part), one.getValue()));
        return;
      }
    }
  }

  /** A value and where it comes from. */
  record Origin(String value, String variable, GivenDatabase from) {}
}
