package io.tenantry.api.problems;

import io.tenantry.api.json.JsonFailures;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Which code of the catalogue a failure has, the framework's own failures included. */
final class Failures {

  private Failures() {}

  /** Whether nobody is there any more to read an answer. */
  static boolean callerHasLeft(Throwable failure) {
    return failure instanceof AsyncRequestNotUsableException
        || find(failure, ClientAbortException.class).isPresent();
  }

  static TenantryException translate(Throwable failure) {
    return switch (failure) {
      case TenantryException known -> known;
      // Whoever read the body, and whatever that one made of it.
      case Throwable e when find(e, BodyTooLargeException.class).isPresent() ->
          find(e, BodyTooLargeException.class).orElseThrow().asFailure();
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case HttpRequestMethodNotSupportedException e ->
          new TenantryException(
              ErrorCode.METHOD_NOT_ALLOWED,
              Shown.brief(e.getMethod()) + " is not for this path; it takes " + methods(e) + ".");
      case HttpMediaTypeNotAcceptableException _ ->
          new TenantryException(
              ErrorCode.NOT_ACCEPTABLE, "Accept names nothing that this path answers with.");
      case HttpMediaTypeNotSupportedException e -> {
        String sent = e.getContentType() == null ? "no media type" : e.getContentType().toString();
        yield new TenantryException(
            ErrorCode.MEDIA_TYPE_UNSUPPORTED,
            "The body came as " + Shown.brief(sent) + "; this path takes application/json.");
      }
      case NoResourceFoundException e -> nothingAt(e.getResourcePath());
      case NoHandlerFoundException e -> nothingAt(e.getRequestURL());
      case MissingServletRequestParameterException e ->
          parameter(e.getParameterName(), "is missing");
      case MethodArgumentTypeMismatchException e -> parameter(e.getName(), "has the wrong form");
      case RequestRejectedException _, InvalidParameterException _ ->
          new TenantryException(
              ErrorCode.REQUEST_INVALID,
              "The request's method, path, headers or parameters are malformed.");
      case ServletException e when e.getRootCause() != null -> translate(e.getRootCause());
      case ErrorResponse e when e.getStatusCode().is4xxClientError() ->
          new TenantryException(ErrorCode.REQUEST_INVALID, "The request cannot be read.");
      default -> new TenantryException(ErrorCode.INTERNAL_ERROR, "Unexpected failure.", failure);
    };
  }

  private static TenantryException unreadable(HttpMessageNotReadableException failure) {
    // A body that grew past the limit while it was read says so by a failure of its own.
    return find(failure, TenantryException.class)
        .orElseGet(() -> JsonFailures.translate(failure.getCause()));
  }

  private static TenantryException nothingAt(String path) {
    return new TenantryException(
        ErrorCode.NOT_FOUND,
        "There is nothing at " + Shown.brief(path.startsWith("/") ? path : "/" + path) + ".");
  }

  private static TenantryException parameter(String name, String what) {
    return new TenantryException(
        ErrorCode.PARAMETER_INVALID,
        "The parameter " + name + " " + what + ".",
        List.of(new FieldError(name, "parameter_invalid", "The parameter " + what + ".")));
  }

  private static String methods(HttpRequestMethodNotSupportedException failure) {
    String[] methods = failure.getSupportedMethods();
    return methods == null ? "none" : String.join(", ", methods);
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (type.isInstance(current)) {
        return Optional.of(type.cast(current));
      }
      current = current.getCause();
    }
    return Optional.empty();
  }
}
