package io.tenantry.api.problems;

import jakarta.servlet.http.HttpServletRequest;

/** The id by which a request is found again, in answers and in logs. */
public final class RequestId {

  /** The header that carries it, both ways. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestId.class.getName();

  private RequestId() {}

  /** Gives {@code request} its id; the first filter does. */
  public static void assign(HttpServletRequest request, String id) {
    request.setAttribute(ATTRIBUTE, id);
  }

  static boolean assigned(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }

  /** The request's id; a hyphen when the request never came as far as getting one. */
  public static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "-";
  }
}
