package io.tenantry.api.isolation;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves no tenant while this instance cannot say that tenants are kept apart. The platform's paths
 * stay open: they tell the operator why, and reach no tenant's data.
 */
class IsolationFilter extends OncePerRequestFilter {

  private final IsolationState state;

  IsolationFilter(IsolationState state) {
    this.state = state;
  }

  /** By exclusion: a path spelt so that this does not know it is refused too. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith("/admin/v1/")
        || path.startsWith("/oauth2/")
        || path.startsWith("/.well-known/")
        || path.startsWith("/problems/")
        || path.startsWith("/openapi.json")
        || path.startsWith("/docs")
        || path.startsWith("/swagger-ui/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!state.seen()) {
      // Nothing was found; mostly nobody could look, and a caller's next attempt may succeed.
      throw new TenantryException(
          ErrorCode.DATABASE_UNAVAILABLE, "The database was not seen to be safe yet.");
    }
    if (!state.safe()) {
      throw new TenantryException(
          ErrorCode.ISOLATION_UNPROVEN,
          "This instance has no proof that tenants are kept apart, and serves none of them.");
    }
    chain.doFilter(request, response);
  }
}
