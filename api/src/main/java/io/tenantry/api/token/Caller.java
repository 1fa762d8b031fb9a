package io.tenantry.api.token;

import io.tenantry.tenancy.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Whose verified token a request had; for what is logged and measured around a request, where
 * security has cleared its own context again.
 *
 * @param name as {@link CallerNames} has it
 * @param tenant null for the platform's own clients
 */
public record Caller(String name, @Nullable TenantId tenant) {

  private static final RequestAttributeSecurityContextRepository KEPT =
      new RequestAttributeSecurityContextRepository();

  /** The caller of {@code request}; empty when no token was verified. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return KEPT.loadDeferredContext(request).get().getAuthentication()
            instanceof JwtAuthenticationToken token
        ? Optional.of(
            new Caller(token.getName(), TokenClaims.tenant(token.getToken()).orElse(null)))
        : Optional.empty();
  }
}
