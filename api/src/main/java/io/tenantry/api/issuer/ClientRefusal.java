package io.tenantry.api.issuer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Refuses a client in the form of RFC 6749, section 5.2, with the challenge that it demands and the
 * library leaves out. The reason stays here: whether a client exists is nobody's business.
 */
final class ClientRefusal implements AuthenticationFailureHandler {

  private final OAuth2ErrorHttpMessageConverter converter = new OAuth2ErrorHttpMessageConverter();

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    String code =
        reason instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : OAuth2ErrorCodes.INVALID_CLIENT;
    ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
    if (code.equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"tenantry\"");
      answer.setStatusCode(HttpStatus.UNAUTHORIZED);
    } else {
      answer.setStatusCode(HttpStatus.BAD_REQUEST);
    }
    converter.write(new OAuth2Error(code), null, answer);
  }
}
