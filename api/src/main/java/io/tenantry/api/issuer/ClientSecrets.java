package io.tenantry.api.issuer;

import io.tenantry.api.attempts.FailedLogins;
import io.tenantry.control.ApiClient;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks the secret of a client: its present one, or the one before while that still works. Every
 * refusal costs the same two comparisons, whether the client is there, revoked, has one secret or
 * two: what a refusal costs is what a caller could learn from its time. Thread-safe.
 */
final class ClientSecrets implements AuthenticationProvider {

  // bcrypt stops reading here, so that two longer texts could be one secret.
  private static final int LONGEST_SECRET = 72;

  private final Function<String, Optional<ApiClient>> clients;
  private final RegisteredClients registered;
  private final PasswordEncoder encoder;
  private final SlowHashing hashing;
  private final FailedLogins failedLogins;
  private final String nobodysHash;

  /**
   * @param clients the client of an id, unless it is revoked
   */
  ClientSecrets(
      Function<String, Optional<ApiClient>> clients,
      RegisteredClients registered,
      PasswordEncoder encoder,
      SlowHashing hashing,
      FailedLogins failedLogins) {
    this.clients = clients;
    this.registered = registered;
    this.encoder = encoder;
    this.hashing = hashing;
    this.failedLogins = failedLogins;
    this.nobodysHash = Objects.requireNonNull(encoder.encode(UUID.randomUUID().toString()));
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    OAuth2ClientAuthenticationToken token = (OAuth2ClientAuthenticationToken) asked;
    String id = String.valueOf(token.getPrincipal());
    String address = address(asked);
    // Ids that nobody can have are counted as one: they could be many and long.
    String counted = RegisteredClients.isPossible(id) ? id : "";
    failedLogins.demandAllowance(address, counted);
    String secret = String.valueOf(token.getCredentials());
    ApiClient client = hashing.call(() -> attempt(address, counted, id, secret));
    return new OAuth2ClientAuthenticationToken(
        registered.of(client), token.getClientAuthenticationMethod(), token.getCredentials());
  }

  /** Once it is its turn: those that wait could use up the allowance without having failed. */
  private ApiClient attempt(String address, String counted, String id, String secret) {
    failedLogins.take(address, counted);
    boolean wrong = false;
    try {
      Optional<ApiClient> client = clients.apply(id);
      wrong = !matches(secret, client.orElse(null));
      if (wrong) {
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
      }
      return client.orElseThrow();
    } finally {
      if (!wrong) {
        failedLogins.giveBack(address, counted);
      }
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private boolean matches(String secret, @Nullable ApiClient client) {
    String present = client == null ? nobodysHash : client.secretHash();
    if (encoder.matches(secret, present)) {
      return client != null && secret.length() <= LONGEST_SECRET;
    }
    String before = client == null ? null : client.previousSecretHash();
    return encoder.matches(secret, before == null ? nobodysHash : before)
        && before != null
        && secret.length() <= LONGEST_SECRET;
  }

  private static String address(Authentication asked) {
    return asked.getDetails() instanceof WebAuthenticationDetails details
        ? String.valueOf(details.getRemoteAddress())
        : "unknown";
  }
}
