package io.tenantry.api.clients;

import io.tenantry.api.idempotency.SecretGiven;
import io.tenantry.persistence.validation.Violations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body that makes a client. Prints without the secret.
 *
 * @param clientId null: one is made
 * @param scopes null: all that a tenant's client may have
 * @param secret null: one is made, and shown in the answer
 */
record ClientRequest(
    @Nullable String clientId, @Nullable List<@Nullable String> scopes, @Nullable String secret)
    implements SecretGiven {

  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Set<String> SCOPES = Set.of("tenant:read", "tenant:write");

  static final ClientRequest EMPTY = new ClientRequest(null, null, null);

  /** Refuses what is not acceptable, all of it at once. */
  void check() {
    Violations violations = new Violations();
    if (clientId != null && !CLIENT_ID.matcher(clientId).matches()) {
      violations.add(
          "/clientId",
          "pattern",
          "It takes 1 to 100 of A-Z, a-z, 0-9, dot, underscore and hyphen, and begins with a letter"
              + " or digit.");
    }
    if (scopes != null) {
      if (scopes.isEmpty()) {
        violations.add("/scopes", "required", "At least one is needed; leave it out for all.");
      }
      for (int i = 0; i < scopes.size(); i++) {
        String scope = scopes.get(i);
        if (scope == null || !SCOPES.contains(scope)) {
          violations.add(
              "/scopes/" + i, "not_accepted", "A tenant's client has tenant:read, tenant:write.");
        }
      }
    }
    ClientSecret.check(secret, violations);
    violations.throwIfAny();
  }

  /** Those that were named, once each; all for none. Checked before. */
  Set<String> wantedScopes() {
    if (scopes == null) {
      return SCOPES;
    }
    Set<String> wanted = new TreeSet<>();
    for (String scope : scopes) {
      if (scope != null) {
        wanted.add(scope);
      }
    }
    return wanted;
  }

  @Override
  public boolean secretGiven() {
    return secret != null;
  }

  @Override
  public String toString() {
    return "ClientRequest[clientId=" + clientId + ", scopes=" + scopes + "]";
  }
}
