package io.tenantry.api.issuer;

import io.tenantry.control.ApiClient;
import io.tenantry.control.ApiClientStore;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The platform's clients as the authorization server wants them; it only reads. */
final class RegisteredClients implements RegisteredClientRepository {

  private static final String TENANT = "tenantry.tenant";
  // Whatever else a caller sends as its id, no client has it, and the database need not be asked.
  private static final Pattern POSSIBLE_ID = Pattern.compile("[\\x21-\\x7E]{1,100}");

  private final ApiClientStore clients;
  private final Duration tokenLifetime;

  RegisteredClients(ApiClientStore clients, Duration tokenLifetime) {
    this.clients = clients;
    this.tokenLifetime = tokenLifetime;
  }

  /** The id of the tenant that {@code client} belongs to, null for one of the platform's. */
  static @Nullable String tenant(RegisteredClient client) {
    return client.getClientSettings().getSetting(TENANT);
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return findByClientId(id);
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String clientId) {
    return find(clientId).map(this::of).orElse(null);
  }

  /** The client of that id, unless it is revoked. */
  Optional<ApiClient> find(String clientId) {
    return isPossible(clientId)
        ? clients.find(clientId).filter(client -> client.revokedAt() == null)
        : Optional.empty();
  }

  /** Whether a client could be called that. */
  static boolean isPossible(String clientId) {
    return POSSIBLE_ID.matcher(clientId).matches();
  }

  /** Called when the library would like a stronger hash; secrets are changed by their owners. */
  @Override
  public void save(RegisteredClient client) {}

  /** The client in the form of the library. */
  RegisteredClient of(ApiClient client) {
    ClientSettings.Builder settings = ClientSettings.builder();
    TenantId tenant = client.tenant();
    if (tenant != null) {
      settings.setting(TENANT, tenant.toString());
    }
    return RegisteredClient.withId(client.clientId())
        .clientId(client.clientId())
        .clientSecret(client.secretHash())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .clientSettings(settings.build())
        .tokenSettings(
            TokenSettings.builder()
                .accessTokenFormat(OAuth2TokenFormat.SELF_CONTAINED)
                .accessTokenTimeToLive(tokenLifetime)
                .build())
        .build();
  }
}
