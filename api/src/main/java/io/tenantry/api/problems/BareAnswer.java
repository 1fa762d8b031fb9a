package io.tenantry.api.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;

/** The headers that the filters give every answer, for answers that came by no filter. */
final class BareAnswer {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  // As the filters' own writer says it, which is silent too where the connection is not encrypted.
  private static final String HSTS = "max-age=31536000 ; includeSubDomains";

  private BareAnswer() {}

  /** Sets them; gives back the id that the request has from now on. */
  static String dress(HttpServletResponse response, boolean secure) {
    String id = UUID.randomUUID().toString();
    response.setHeader(RequestId.HEADER, id);
    HEADERS.forEach(response::setHeader);
    if (secure) {
      response.setHeader("Strict-Transport-Security", HSTS);
    }
    return id;
  }
}
