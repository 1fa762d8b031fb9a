package io.tenantry.api.cors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Answers listed origins as CORS wants it, and lets every other request pass as if it had no
 * origin: without the headers the browser keeps the answer from the page. The library's filter
 * would refuse those in words of its own.
 */
final class ListedOriginsFilter extends CorsFilter {

  private final Set<String> origins;

  ListedOriginsFilter(Set<String> origins, CorsConfigurationSource rules) {
    super(rules);
    this.origins = origins;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || !origins.contains(origin);
  }
}
