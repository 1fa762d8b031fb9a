package io.tenantry.api.attempts;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many failed attempts are answered before the next has to wait; per instance.
 *
 * @param failedLoginsPerClient wrong secrets a minute for one client id from one address, 1 to
 *     10,000; few, since nobody mistypes a secret more often
 * @param failedLoginsPerAddress wrong secrets a minute from one address, 1 to 100,000; more, since
 *     many clients may share it
 * @param badTokensPerAddress refused tokens a minute from one address that are answered and logged
 *     one by one, 1 to 100,000
 */
@ConfigurationProperties("tenantry.security")
public record AttemptSettings(
    @DefaultValue("10") int failedLoginsPerClient,
    @DefaultValue("300") int failedLoginsPerAddress,
    @DefaultValue("60") int badTokensPerAddress) {

  public AttemptSettings {
    between("failed-logins-per-client", failedLoginsPerClient, 10_000);
    between("failed-logins-per-address", failedLoginsPerAddress, 100_000);
    between("bad-tokens-per-address", badTokensPerAddress, 100_000);
  }

  private static void between(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "tenantry.security.%s is %d; it takes 1 to %d.".formatted(name, value, most));
    }
  }
}
