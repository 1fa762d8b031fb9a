package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of the built-in token issuer. Immutable; prints without the hashes.
 *
 * @param tenant the tenant its tokens are for; null: the platform
 * @param secretHash with the name of the method in front, as Spring Security writes it
 * @param previousSecretHash the secret before, which still works; null when there is none, or its
 *     time is over
 * @param previousSecretExpiresAt when the secret before stops working; null when none works
 * @param revokedAt since when it gets no more tokens; null: it does
 */
public record ApiClient(
    String clientId,
    @Nullable TenantId tenant,
    String secretHash,
    @Nullable String previousSecretHash,
    @Nullable Instant previousSecretExpiresAt,
    Set<String> scopes,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  public ApiClient {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String toString() {
    return "ApiClient[clientId=" + clientId + ", tenant=" + tenant + ", scopes=" + scopes + "]";
  }
}
