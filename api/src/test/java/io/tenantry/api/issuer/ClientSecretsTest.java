package io.tenantry.api.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.api.attempts.AttemptSettings;
import io.tenantry.api.attempts.FailedLogins;
import io.tenantry.control.ApiClient;
import io.tenantry.control.ApiClientStore;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final ClientSecrets secrets = secrets(new AttemptSettings(100, 100, 100));

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

  @Test
  void ofManyGuessesAtOnceNoMoreAreTriedThanThereIsAllowance() throws Exception {
    ClientSecrets strict = secrets(new AttemptSettings(2, 100, 100));
    int guesses = 500;
    CountDownLatch all = new CountDownLatch(guesses);
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger tooMany = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ended = new ArrayList<>();
      for (int i = 0; i < guesses; i++) {
        ended.add(
            threads.submit(
                () -> {
                  all.countDown();
                  all.await();
                  try {
                    return strict.authenticate(asked("one", "wrong"));
                  } catch (OAuth2AuthenticationException e) {
                    return wrong.incrementAndGet();
                  } catch (LimitExceededException e) {
                    return tooMany.incrementAndGet();
                  }
                }));
      }
      for (Future<?> one : ended) {
        one.get();
      }
    }

    // One comes back in 30 s, which a very slow machine may need.
    assertThat(wrong.get()).isBetween(2, 4);
    assertThat(tooMany.get()).isEqualTo(guesses - wrong.get());
    assertThat(encoder.compared).hasSize(2 * wrong.get());
    assertThat(encoder.mostAtOnce.get()).isEqualTo(1);
  }

  @Test
  void goodSecretsAtOnceAreNotRefusedHoweverManyTheyAre() throws Exception {
    ClientSecrets strict = secrets(new AttemptSettings(2, 2, 1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Authentication>> logins = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        logins.add(threads.submit(() -> strict.authenticate(asked("one", "present"))));
      }
      for (Future<Authentication> login : logins) {
        assertThat(login.get().isAuthenticated()).isTrue();
      }
    }
  }

  @Test
  void whatCouldNotBeLookedAtIsNoFailure() {
    ClientSecrets broken =
        new ClientSecrets(
            _ -> {
              throw new IllegalStateException("away");
            },
            registered(),
            encoder,
            new SlowHashing(1),
            new FailedLogins(new AttemptSettings(1, 1, 1)));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> broken.authenticate(asked("one", "present")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whoseTurnDoesNotComeBeforeTheDeadlineIsToldToComeBack() {
    SlowHashing hashing = new SlowHashing(1);
    TenantryException refused =
        hashing.call(
            () ->
                RequestDeadline.call(
                    Duration.ofMillis(50),
                    () ->
                        catchThrowableOfType(
                            TenantryException.class, () -> hashing.call(() -> true))));

    assertThat(refused.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(hashing.call(() -> true)).isTrue();
  }

  private ClientSecrets secrets(AttemptSettings attempts) {
    return new ClientSecrets(
        id -> Optional.ofNullable(clients.get(id)),
        registered(),
        encoder,
        new SlowHashing(1),
        new FailedLogins(attempts));
  }

  private static RegisteredClients registered() {
    return new RegisteredClients(
        new ApiClientStore(new DriverManagerDataSource()), Duration.ofMinutes(15));
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
    private final List<String> compared = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Override
    public String encode(@Nullable CharSequence secret) {
      return Objects.requireNonNull(bcrypt.encode(secret));
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
      compared.add(String.valueOf(hash));
      mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        return bcrypt.matches(secret, hash);
      } finally {
        now.decrementAndGet();
      }
    }
  }
}
