package io.tenantry.api.security;

import io.tenantry.api.attempts.BadTokens;
import io.tenantry.api.problems.ProblemWriter;
import io.tenantry.api.problems.RequestId;
import io.tenantry.api.problems.Shown;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Turns what security refuses into problems. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final ProblemWriter problems;
  private final BadTokens badTokens;

  Refusals(ProblemWriter problems, BadTokens badTokens) {
    this.problems = problems;
    this.badTokens = badTokens;
  }

  /** Nobody is known to be calling. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    if (reason instanceof OAuth2AuthenticationException) {
      Optional<Duration> wait = badTokens.refused(request.getRemoteAddr());
      if (wait.isPresent()) {
        problems.write(
            request,
            response,
            new LimitExceededException(
                ErrorCode.TOO_MANY_FAILURES,
                "Too many tokens from the caller's address were refused.",
                wait.get()));
        return;
      }
      // The caller is not told which check failed: that would help to forge the next token.
      LOG.info(
          "Request {}: token refused: {}",
          RequestId.of(request),
          Shown.brief(String.valueOf(reason.getMessage())));
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
      problems.write(
          request,
          response,
          new TenantryException(
              ErrorCode.TOKEN_INVALID,
              "The token is malformed, expired, not for this audience, or not signed by an issuer"
                  + " that is trusted here."));
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(
        request,
        response,
        new TenantryException(
            ErrorCode.TOKEN_MISSING, "The request has no Authorization header with a token."));
  }

  /** The caller is known, and may not. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
      throws IOException {
    AccessRule.Refusal refusal =
        reason instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof AccessRule.Refusal known
            ? known
            : new AccessRule.Refusal(ErrorCode.NOT_FOUND, "There is nothing here.");
    if (refusal.code() == ErrorCode.SCOPE_MISSING) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
    }
    problems.write(request, response, new TenantryException(refusal.code(), refusal.detail()));
  }

  /** The request's line or headers are of a kind that hides attacks. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
      throws IOException {
    problems.write(request, response, reason);
  }
}
