package io.tenantry.api.http;

import io.tenantry.api.problems.Shown;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that is there twice: no parameter takes several values, and MVC would
 * join them with a comma into a value that nobody sent.
 */
class RepeatedParameters implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (values.length > 1) {
                String shown = Shown.brief(name);
                throw new TenantryException(
                    ErrorCode.PARAMETER_INVALID,
                    "The parameter " + shown + " is there " + values.length + " times.",
                    List.of(new FieldError(shown, "parameter_repeated", "Give it once.")));
              }
            });
    return true;
  }
}
