package io.tenantry.api.token;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys of all issuers elsewhere, each read when a token first names it. */
final class ExternalKeys implements AutoCloseable {

  private final Map<String, RemoteKeys> byIssuer = new HashMap<>();

  ExternalKeys(List<ExternalIssuer> issuers) {
    for (ExternalIssuer issuer : issuers) {
      byIssuer.put(issuer.uri(), new RemoteKeys(issuer.jwksUri(), RemoteKeys.Times.STANDARD));
    }
  }

  RemoteKeys of(ExternalIssuer issuer) {
    return Objects.requireNonNull(byIssuer.get(issuer.uri()));
  }

  @Override
  public void close() throws IOException {
    for (RemoteKeys keys : byIssuer.values()) {
      keys.close();
    }
  }
}
