package io.tenantry.api.security;

import io.tenantry.api.token.TokenClaims;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Decides whether a token may do what a request asks: read with the base's read scope, all else
 * with its write scope, and never with a token of the other kind.
 */
final class AccessRule implements AuthorizationManager<RequestAuthorizationContext> {

  /** Paths of one tenant's data. */
  static final AccessRule TENANT = new AccessRule("tenant:read", "tenant:write", true);

  /** Paths of the platform. */
  static final AccessRule PLATFORM = new AccessRule("platform:read", "platform:write", false);

  /** What cannot be undone, and looking at what it would do. */
  static final AccessRule PURGE = new AccessRule("platform:purge", "platform:purge", false);

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final String reading;
  private final String writing;
  private final boolean ofTenant;

  private AccessRule(String reading, String writing, boolean ofTenant) {
    this.reading = reading;
    this.writing = writing;
    this.ofTenant = ofTenant;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
    if (!(caller.get() instanceof JwtAuthenticationToken token)) {
      return new AuthorizationDecision(false);
    }
    boolean namesTenant = TokenClaims.tenant(token.getToken()).isPresent();
    // Before the scope: which scope is missing tells nothing to one at the wrong door.
    if (ofTenant && !namesTenant) {
      return new Refusal(ErrorCode.TENANT_MISSING, "The token has no claim tenant_id.");
    }
    if (!ofTenant && namesTenant) {
      return new Refusal(ErrorCode.TENANT_FORBIDDEN, "The token has a claim tenant_id.");
    }
    String method = context.getRequest().getMethod();
    String scope = READING.contains(method) ? reading : writing;
    boolean granted =
        token.getAuthorities().stream()
            .anyMatch(authority -> ("SCOPE_" + scope).equals(authority.getAuthority()));
    return granted
        ? new AuthorizationDecision(true)
        : new Refusal(
            ErrorCode.SCOPE_MISSING, "The token lacks the scope " + scope + ", needed here.");
  }

  /** A refusal that says why. */
  record Refusal(ErrorCode code, String detail) implements AuthorizationResult {
    @Override
    public boolean isGranted() {
      return false;
    }
  }
}
