package io.tenantry.api.http;

import io.tenantry.api.paging.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that may be answered later, when what it asks for has happened: {@code ?wait=30s}. */
public final class LongPoll {

  private static final Pattern WAIT = Pattern.compile("([1-9]|[1-5][0-9]|60)s");
  private static final String PATHS = "/admin/v1/operations/";

  private LongPoll() {}

  /**
   * The wait that a caller asks for; zero for null.
   *
   * @throws io.tenantry.tenancy.error.TenantryException with {@code parameter_invalid}
   */
  public static Duration parse(@Nullable String wait) {
    if (wait == null) {
      return Duration.ZERO;
    }
    if (!WAIT.matcher(wait).matches()) {
      throw Parameters.invalid("wait", "it takes 1s to 60s");
    }
    return Duration.ofSeconds(Long.parseLong(wait.substring(0, wait.length() - 1)));
  }

  /** By how much a request may take longer; zero for what cannot be read, or does not wait. */
  static Duration wished(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query == null
        || !query.contains("wait")
        || !request.getMethod().equals("GET")
        || !request.getServletPath().startsWith(PATHS)) {
      return Duration.ZERO;
    }
    String wait = request.getParameter("wait");
    return wait == null || !WAIT.matcher(wait).matches() ? Duration.ZERO : parse(wait);
  }
}
