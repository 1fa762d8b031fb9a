package io.tenantry.credentials.variables;

import io.tenantry.credentials.startup.ServiceLinks;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One family of variables, in the order in which they are asked; the names are those of the earlier
 * systems.
 */
enum VariableSource {
  DATABASE_URL("DATABASE_URL"),
  POSTGRES_URL("POSTGRES_URL"),
  POSTGRES("POSTGRES_", "DB", "SSLMODE"),
  DB("DB_", "NAME", null),
  OPS_DB("OPS_DB_", "NAME", null);

  private final String prefix;
  private final @Nullable String nameEnding;
  private final @Nullable String sslModeEnding;

  VariableSource(String url) {
    this(url, null, null);
  }

  VariableSource(String prefix, @Nullable String nameEnding, @Nullable String sslModeEnding) {
    this.prefix = prefix;
    this.nameEnding = nameEnding;
    this.sslModeEnding = sslModeEnding;
  }

  /**
   * What its variables say.
   *
   * @param lookup gives a variable's value, or null; one that is blank counts as not set
   * @throws TenantryException with {@code setting_invalid}, naming the variable and no secret
   */
  GivenDatabase read(Function<String, @Nullable String> lookup) {
    if (nameEnding == null) {
      Optional<String> url = value(lookup, prefix);
      return url.isEmpty()
          ? new GivenDatabase(null, null, null, null, null, null)
          : usable(prefix, () -> DatabaseUrl.read(url.get()));
    }
    return new GivenDatabase(
        value(lookup, prefix + "HOST").orElse(null),
        port(lookup),
        value(lookup, prefix + nameEnding).orElse(null),
        sslMode(lookup),
        value(lookup, prefix + "USER").orElse(null),
        value(lookup, prefix + "PASSWORD").orElse(null));
  }

  /** The name of the variable that {@code read} took a part from. */
  String variable(String part) {
    return nameEnding == null ? prefix : prefix + ("NAME".equals(part) ? nameEnding : part);
  }

  private @Nullable Integer port(Function<String, @Nullable String> lookup) {
    String name = prefix + "PORT";
    String text = value(lookup, name).filter(port -> !ServiceLinks.isOne(name, port)).orElse(null);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,5}") || !DatabaseUrl.isPort(Integer.parseInt(text))) {
      throw new TenantryException(
          ErrorCode.SETTING_INVALID, name + " is '" + text + "'; it takes a port, 1 to 65535.");
    }
    return Integer.valueOf(text);
  }

  private @Nullable String sslMode(Function<String, @Nullable String> lookup) {
    if (sslModeEnding == null) {
      return null;
    }
    String name = prefix + sslModeEnding;
    String mode = value(lookup, name).orElse(null);
    return mode == null ? null : usable(name, () -> SslModes.demand(mode));
  }

  private static <T> T usable(String variable, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      // Without the cause: its text is here, and whatever prints causes must not find more.
      throw new TenantryException(
          ErrorCode.SETTING_INVALID, variable + " cannot be used: " + e.getMessage() + ".");
    }
  }

  private static Optional<String> value(Function<String, @Nullable String> lookup, String name) {
    return Optional.ofNullable(lookup.apply(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
