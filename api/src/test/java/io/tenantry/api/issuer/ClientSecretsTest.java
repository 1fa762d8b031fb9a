package io.tenantry.api.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.api.attempts.AttemptSettings;
import io.tenantry.api.attempts.FailedLogins;
import io.tenantry.control.ApiClient;
import io.tenantry.control.ApiClientStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

class ClientSecretsTest {

  private final Counting encoder = new Counting();
  private final String present = encoder.encode("present");
  private final String before = encoder.encode("before");
  private final Map<String, ApiClient> clients =
      Map.of(
          "one", client("one", null),
          "two", client("two", before),
          "long", client("long", encoder.encode("x".repeat(72))));
  private final ClientSecrets secrets =
      new ClientSecrets(
          id -> Optional.ofNullable(clients.get(id)),
          new RegisteredClients(
              new ApiClientStore(new DriverManagerDataSource()), Duration.ofMinutes(15)),
          encoder,
          new FailedLogins(new AttemptSettings(100, 100, 100)));

  /** Unknown and revoked ones are the same here: the caller leaves revoked ones out. */
  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "unknown", "not \u0000 possible"})
  void everyRefusalCostsTheSame(String id) {
    assertThatThrownBy(() -> secrets.authenticate(asked(id, "wrong")))
        .isInstanceOf(OAuth2AuthenticationException.class);

    assertThat(encoder.compared).hasSize(2).allMatch(hash -> hash.startsWith("$2a$04$"));
  }

  @Test
  void thePresentSecretAndTheOneBeforeWork() {
    assertThat(secrets.authenticate(asked("two", "present")).isAuthenticated()).isTrue();
    assertThat(secrets.authenticate(asked("two", "before")).isAuthenticated()).isTrue();
    assertThatThrownBy(() -> secrets.authenticate(asked("one", "before")))
        .isInstanceOf(OAuth2AuthenticationException.class);
  }

  @Test
  void whatComesAfterTheLongestSecretCounts() {
    assertThat(secrets.authenticate(asked("long", "x".repeat(72))).isAuthenticated()).isTrue();
    assertThatThrownBy(() -> secrets.authenticate(asked("long", "x".repeat(73))))
        .isInstanceOf(OAuth2AuthenticationException.class);
  }

  private ApiClient client(String id, @Nullable String previous) {
    return new ApiClient(
        id, null, present, previous, null, Set.of("tenant:read"), Instant.EPOCH, null);
  }

  private static Authentication asked(String id, String secret) {
    return new OAuth2ClientAuthenticationToken(
        id, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, secret, null);
  }

  private static final class Counting implements PasswordEncoder {

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
    private final List<String> compared = new ArrayList<>();

    @Override
    public String encode(@Nullable CharSequence secret) {
      return Objects.requireNonNull(bcrypt.encode(secret));
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
      compared.add(String.valueOf(hash));
      return bcrypt.matches(secret, hash);
    }
  }
}
