package io.tenantry.api.clients;

import io.tenantry.api.idempotency.ShownOnce;
import io.tenantry.control.ApiClient;
import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client as it is answered.
 *
 * @param previousSecretExpiresAt until when the secret before still works; null: none does
 * @param secret only in the answer to the request that made it, and only when it was made here
 */
record ClientDocument(
    String clientId,
    @Nullable UUID tenantId,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant previousSecretExpiresAt,
    @Nullable String secret)
    implements ShownOnce {

  /** Stored answers have no secret: at rest there is its hash, and nothing else. */
  @Override
  public ClientDocument kept() {
    return new ClientDocument(
        clientId, tenantId, scopes, createdAt, revokedAt, previousSecretExpiresAt, null);
  }

  static ClientDocument of(ApiClient client) {
    return of(client, null);
  }

  static ClientDocument of(ApiClient client, @Nullable String secret) {
    TenantId tenant = client.tenant();
    return new ClientDocument(
        client.clientId(),
        tenant == null ? null : tenant.value(),
        client.scopes().stream().sorted().toList(),
        client.createdAt(),
        client.revokedAt(),
        client.previousSecretExpiresAt(),
        secret);
  }

  @Override
  public String toString() {
    return "ClientDocument[clientId=" + clientId + ", tenantId=" + tenantId + "]";
  }
}
