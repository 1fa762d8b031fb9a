package io.tenantry.api.tenant;

import io.tenantry.api.limits.RequestLimits;
import io.tenantry.api.limits.RequestRefusal;
import io.tenantry.api.problems.RequestId;
import io.tenantry.api.token.TokenClaims;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Enters the tenant that the token names, for the rest of the request; the only way in. Runs once
 * the token is verified and its scopes are checked. Error and asynchronous dispatches come from
 * outside of it and have no tenant.
 */
public class TenantGate extends OncePerRequestFilter {

  private static final String MDC_KEY = "tenantId";

  private final TenantDirectory directory;
  private final RequestLimits limits;

  TenantGate(TenantDirectory directory, RequestLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    NamedTenant.refuse(request);
    JwtAuthenticationToken caller = caller();
    Tenant served = serving(tenant(caller));
    Optional<RequestRefusal> tooMany = limits.take(served);
    if (tooMany.isPresent()) {
      throw tooMany.get().answer(response);
    }
    TenantId tenant = served.id();
    Actor actor = new Actor(caller.getName(), RequestId.of(request));
    try (MDC.MDCCloseable _ = MDC.putCloseable(MDC_KEY, tenant.toString())) {
      TenantContext.<Boolean, Exception>call(
          tenant,
          () ->
              Actor.<Boolean, Exception>call(
                  actor,
                  () -> {
                    chain.doFilter(request, response);
                    return true;
                  }));
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  /** The tenant itself, when its state lets it be served. */
  private Tenant serving(TenantId id) {
    // Asked first: a directory that is read in between has no say about what was not found.
    boolean read = directory.lastRefreshed().isPresent();
    Tenant tenant = directory.find(id).orElseThrow(() -> notFound(read));
    Optional<ErrorCode> refusal = tenant.state().refusal();
    if (refusal.isPresent()) {
      ErrorCode code = refusal.get();
      // Whether a tenant was deleted or never was is nobody's business.
      String detail =
          code == ErrorCode.TENANT_UNKNOWN
              ? "The token's tenant is not served here."
              : "The token's tenant is " + tenant.state() + ".";
      throw new TenantryException(code, detail);
    }
    if (tenant.quarantined()) {
      throw new TenantryException(
          ErrorCode.TENANT_QUARANTINED, "The token's tenant is quarantined.");
    }
    return tenant;
  }

  /** What was never read can tell nobody that there is no such tenant. */
  private static TenantryException notFound(boolean read) {
    return read
        ? new TenantryException(ErrorCode.TENANT_UNKNOWN, "The token's tenant is not served here.")
        : new TenantryException(
            ErrorCode.DATABASE_UNAVAILABLE, "The tenants could not be read yet.");
  }

  private static JwtAuthenticationToken caller() {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken authentication) {
      return authentication;
    }
    throw new TenantryException(
        ErrorCode.TENANT_CONTEXT_MISSING, "The gate was reached without a verified token.");
  }

  private static TenantId tenant(JwtAuthenticationToken caller) {
    return TokenClaims.tenant(caller.getToken())
        .orElseThrow(
            () ->
                new TenantryException(
                    ErrorCode.TENANT_MISSING, "The token has no claim tenant_id."));
  }
}
