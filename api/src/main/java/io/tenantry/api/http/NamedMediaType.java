package io.tenantry.api.http;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body whose media type is a wildcard. MVC lets it pass where a body may be left out, and
 * then fails on it as if that were our fault.
 */
class NamedMediaType implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String type = request.getContentType();
    if (type != null && type.indexOf('*') >= 0 && takesBody(handler) && isWildcard(type)) {
      throw new TenantryException(
          ErrorCode.MEDIA_TYPE_UNSUPPORTED,
          "The body's media type is a wildcard; this path takes application/json.");
    }
    return true;
  }

  /** Elsewhere a media type says nothing that anybody reads. */
  private static boolean takesBody(Object handler) {
    return handler instanceof HandlerMethod method
        && Arrays.stream(method.getMethodParameters())
            .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
  }

  private static boolean isWildcard(String type) {
    try {
      MediaType parsed = MediaType.parseMediaType(type);
      return parsed.isWildcardType() || parsed.isWildcardSubtype();
    } catch (InvalidMediaTypeException e) {
      // Refused elsewhere, where a media type is looked at.
      return false;
    }
  }
}
