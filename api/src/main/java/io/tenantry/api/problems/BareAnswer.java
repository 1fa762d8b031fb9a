package io.tenantry.api.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;

/** The headers that the filters give every answer, for answers that came by no filter. */
final class BareAnswer {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private BareAnswer() {}

  /** Sets them; gives back the id that the request has from now on. */
  static String dress(HttpServletResponse response) {
    String id = UUID.randomUUID().toString();
    response.setHeader(RequestId.HEADER, id);
    HEADERS.forEach(response::setHeader);
    return id;
  }
}
