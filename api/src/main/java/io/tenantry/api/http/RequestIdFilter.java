package io.tenantry.api.http;

import io.tenantry.api.problems.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request its id: the caller's, when it can be used, or a new one. */
class RequestIdFilter extends OncePerRequestFilter {

  private static final String MDC_KEY = "requestId";
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader(RequestId.HEADER);
    boolean usable = given != null && USABLE.matcher(given).matches();
    String id = usable ? given : UUID.randomUUID().toString();
    RequestId.assign(request, id);
    response.setHeader(RequestId.HEADER, id);
    try (MDC.MDCCloseable _ = MDC.putCloseable(MDC_KEY, id)) {
      chain.doFilter(request, response);
    }
  }
}
