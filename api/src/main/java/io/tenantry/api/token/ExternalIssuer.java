package io.tenantry.api.token;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.TenantryException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Somebody else whose tokens are believed.
 *
 * @param uri as its tokens name it, to the letter
 * @param jwksUri where its public keys are; https, or http on this machine's own address
 * @param audience what the {@code aud} of its tokens has to name; null: what all others name
 * @param tenants the ids of the tenants that its tokens may name, or {@code any} alone; null: none
 * @param platform whether its tokens may name no tenant, and so speak for the platform
 * @param builtIn whether it is the built-in issuer of another instance of this platform, on the
 *     same database: its subjects are clients here, and those that are revoked are refused
 */
public record ExternalIssuer(
    String uri,
    URI jwksUri,
    @Nullable String audience,
    @Nullable List<String> tenants,
    @DefaultValue("false") boolean platform,
    @DefaultValue("false") boolean builtIn) {

  private static final List<String> ANY = List.of("any");

  public ExternalIssuer {
    if (uri == null || uri.isBlank()) {
      throw new IllegalArgumentException("An entry of tenantry.security.issuers has no uri.");
    }
    if (uri.chars().anyMatch(Character::isWhitespace)) {
      // The audit names callers by issuer, space, subject.
      throw new IllegalArgumentException(
          "tenantry.security.issuers has the uri '" + uri + "'; it takes none with spaces.");
    }
    if (jwksUri == null) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has no jwks-uri for " + uri + ".");
    }
    if (jwksUri.getRawUserInfo() != null
        || Objects.requireNonNullElse(jwksUri.getRawAuthority(), "").contains("@")) {
      // Not shown: it could be a secret.
      throw new IllegalArgumentException(
          "tenantry.security.issuers has a jwks-uri with a user in it for " + uri + ".");
    }
    if (jwksUri.getScheme() == null || jwksUri.getHost() == null || !isSafe(jwksUri)) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has the jwks-uri "
              + jwksUri
              + "; it takes an https address, or http on 127.0.0.1, [::1] or localhost.");
    }
    if (audience != null && audience.isBlank()) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has an empty audience for " + uri + ".");
    }
    tenants = tenants == null ? List.of() : List.copyOf(tenants);
    if (tenants.isEmpty() && !platform) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers does not say for whom "
              + uri
              + " may speak: give it tenants, a list of tenant ids or any, or platform=true.");
    }
    if (!tenants.equals(ANY)) {
      for (String tenant : tenants) {
        demandId(uri, tenant);
      }
    }
  }

  /** Whether its tokens may name {@code tenant}, or none where that is empty. */
  boolean speaksFor(Optional<TenantId> tenant) {
    if (tenant.isEmpty()) {
      return platform;
    }
    String named = tenant.get().toString();
    return ANY.equals(tenants)
        || (tenants != null && tenants.stream().anyMatch(named::equalsIgnoreCase));
  }

  private static void demandId(String uri, String tenant) {
    try {
      TenantId.parse(tenant);
    } catch (TenantryException e) {
      throw new IllegalArgumentException(
          "tenantry.security.issuers has the tenant '"
              + tenant
              + "' for "
              + uri
              + "; it takes tenants' ids, or any alone.",
          e);
    }
  }

  /** Keys that came over a line that others can write to would be anybody's keys. */
  private static boolean isSafe(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return scheme.equals("https")
        || (scheme.equals("http")
            && (host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")));
  }
}
