package io.tenantry.api.problems;

import io.tenantry.tenancy.error.ErrorCategory;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every failure, whether a filter or a controller met it, so that equal failures are equal
 * bytes. Thread-safe.
 */
@Component
public class ProblemWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);
  private static final String BUG_DETAIL =
      "The request could not be carried out for a reason that is not the caller's.";

  private final JsonMapper json;
  private final RefusalCounter refusals;

  ProblemWriter(JsonMapper json, RefusalCounter refusals) {
    this.json = json;
    this.refusals = refusals;
  }

  /** Answers {@code failure}; only logs it when the answer is on its way already. */
  public void write(HttpServletRequest request, HttpServletResponse response, Throwable failure)
      throws IOException {
    if (Failures.callerHasLeft(failure)) {
      LOG.debug("The caller of {} left before the answer.", RequestId.of(request));
      return;
    }
    if (failure instanceof HttpRequestMethodNotSupportedException wrongMethod
        && wrongMethod.getSupportedHttpMethods() != null) {
      HttpHeaders allow = new HttpHeaders();
      allow.setAllow(wrongMethod.getSupportedHttpMethods());
      response.setHeader(HttpHeaders.ALLOW, allow.getFirst(HttpHeaders.ALLOW));
    }
    TenantryException known = Failures.translate(failure);
    log(request, known, failure);
    if (response.isCommitted()) {
      LOG.warn("Request {} failed half way through its answer.", RequestId.of(request));
      return;
    }
    respond(request, response, known);
  }

  /** The problem document that {@code known} is answered with, to be kept for later. */
  public byte[] body(HttpServletRequest request, TenantryException known) {
    boolean ours = isOurs(known.code());
    return json.writeValueAsBytes(
        Problem.of(
            ours ? ErrorCode.INTERNAL_ERROR : known.code(),
            ours ? BUG_DETAIL : known.detail(),
            ours ? List.of() : known.errors(),
            RequestId.of(request)));
  }

  private void respond(
      HttpServletRequest request, HttpServletResponse response, TenantryException known)
      throws IOException {
    ErrorCode code = isOurs(known.code()) ? ErrorCode.INTERNAL_ERROR : known.code();
    refusals.count(request, code);
    byte[] body = body(request, known);
    response.resetBuffer();
    response.setStatus(code.status());
    if (code.retryable() && code != ErrorCode.CONCURRENT_UPDATE) {
      response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter(known));
    }
    if (known instanceof LimitExceededException limit && limit.atOnce() > 0) {
      // As the limiter of requests a second does for its own policy.
      response.setHeader(
          "RateLimit-Policy",
          "\"connections\";q=" + limit.atOnce() + ";qu=\"concurrent-requests\"");
      response.setHeader("RateLimit", "\"connections\";r=0;t=" + limit.retryAfterSeconds());
    }
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  private static String retryAfter(TenantryException known) {
    if (known instanceof LimitExceededException limit) {
      return Long.toString(limit.retryAfterSeconds());
    }
    return known.code() == ErrorCode.DATABASE_UNAVAILABLE ? "2" : "1";
  }

  private static void log(HttpServletRequest request, TenantryException known, Throwable failure) {
    if (isOurs(known.code())) {
      LOG.error("Request {} failed: {}", RequestId.of(request), known.code().id(), failure);
    } else if (known.code().category() == ErrorCategory.UNAVAILABLE) {
      LOG.warn(
          "Request {} was refused: {}: {}",
          RequestId.of(request),
          known.code().id(),
          Shown.brief(known.detail()));
    }
  }

  private static boolean isOurs(ErrorCode code) {
    // What was refused was refused before it did anything, and the guard has logged it.
    return code != ErrorCode.STATEMENT_REFUSED
        && (code.category() == ErrorCategory.SETUP || code.category() == ErrorCategory.INTERNAL);
  }
}
