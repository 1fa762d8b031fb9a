package io.tenantry.api.http;

import io.tenantry.api.problems.RefusalCounter;
import io.tenantry.api.problems.Shown;
import io.tenantry.api.token.Caller;
import io.tenantry.tenancy.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs one line for each finished request. Neither the path nor the query: both are the caller's
 * own words, and callers put secrets there. The request's id comes from the logging context.
 */
class AccessLogFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger("io.tenantry.api.access");
  private static final String NOTHING = "-";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    CountedResponse counted = new CountedResponse(response);
    try {
      chain.doFilter(request, counted);
    } finally {
      counted.flushWriter();
      log(request, counted, System.nanoTime() - start);
    }
  }

  private static void log(HttpServletRequest request, CountedResponse response, long nanos) {
    String method = Shown.brief(request.getMethod());
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    String route = pattern == null ? NOTHING : pattern.toString();
    Optional<Caller> caller = Caller.of(request);
    String client = caller.map(Caller::name).map(Shown::brief).orElse(NOTHING);
    TenantId tenant = caller.map(Caller::tenant).orElse(null);
    String code = RefusalCounter.code(request).orElse(NOTHING);
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("http.request.method", method)
            .addKeyValue("http.route", route)
            .addKeyValue("http.response.status_code", response.getStatus())
            .addKeyValue("http.response.body.bytes", response.bytes())
            .addKeyValue("event.duration", nanos)
            .addKeyValue("client", client);
    if (tenant != null) {
      line = line.addKeyValue("tenantId", tenant.toString());
    }
    if (!code.equals(NOTHING)) {
      line = line.addKeyValue("code", code);
    }
    line.log(
        "{} {} {} {} {} ms {} bytes client {} tenant {}",
        method,
        route,
        response.getStatus(),
        code,
        nanos / 1_000_000,
        response.bytes(),
        client,
        tenant == null ? NOTHING : tenant);
  }
}
