package io.tenantry.api.http;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends new requests elsewhere while the ones that run are being finished. */
class StoppingFilter extends OncePerRequestFilter {

  private final Stopping stopping;

  StoppingFilter(Stopping stopping) {
    this.stopping = stopping;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (stopping.now()) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      throw new TenantryException(ErrorCode.SHUTTING_DOWN, "This instance takes no new requests.");
    }
    chain.doFilter(request, response);
  }
}
