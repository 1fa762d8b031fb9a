package io.tenantry.api.idempotency;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.RequestKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes the key out of a request. Runs after security: nobody else's body is kept in memory. */
class KeyFilter extends OncePerRequestFilter {

  static final String HEADER = "Idempotency-Key";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> keys = Collections.list(request.getHeaders(HEADER));
    if (keys.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (keys.size() > 1) {
      throw invalid("The header is there " + keys.size() + " times.");
    }
    if (!request.getMethod().equals("POST")) {
      throw invalid("The header came with " + request.getMethod() + ".");
    }
    RequestKey.demandUsable(keys.getFirst());
    chain.doFilter(new KeyedRequest(request, keys.getFirst()), response);
  }

  private static TenantryException invalid(String detail) {
    return new TenantryException(ErrorCode.IDEMPOTENCY_KEY_INVALID, detail);
  }
}
