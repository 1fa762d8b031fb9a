package io.tenantry.api.problems;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The last resort: the container comes here with a status and nothing else. Outside of any tenant's
 * scope, so nothing here may ask for tenant data.
 */
@Controller
class ErrorPage implements ErrorController {

  private final ProblemWriter problems;

  ErrorPage(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("${spring.web.error.path:${error.path:/error}}")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // A method that the container itself refuses comes here past the filters.
    if (!RequestId.assigned(request)) {
      RequestId.assign(request, BareAnswer.dress(response, request.isSecure()));
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    problems.write(
        request,
        response,
        switch (status) {
          case Integer code when code == 405 ->
              new TenantryException(
                  ErrorCode.METHOD_NOT_ALLOWED, "This method is not for this path.");
          case Integer code when code == 413 ->
              new TenantryException(ErrorCode.PAYLOAD_TOO_LARGE, "The body is too large.");
          case Integer code when code == 503 ->
              new TenantryException(
                  ErrorCode.SHUTTING_DOWN, "This instance takes no new requests.");
          case Integer code when code >= 500 ->
              new TenantryException(
                  ErrorCode.INTERNAL_ERROR, "The container answered " + code + ".");
          case Integer code when code != 404 && code >= 400 ->
              new TenantryException(ErrorCode.REQUEST_INVALID, "The request cannot be read.");
          case null, default ->
              new TenantryException(ErrorCode.NOT_FOUND, "There is nothing at this path.");
        });
  }
}
