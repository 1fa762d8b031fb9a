package io.tenantry.api.json;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Lets only UTF-8 come to the parser. The parser's own decoder takes overlong forms and halves of
 * surrogate pairs, by which a value passes one check in one form and is used in another; and it
 * guesses UTF-16 and UTF-32 where it sees zeros.
 */
@ControllerAdvice
class StrictBodies extends RequestBodyAdviceAdapter {

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    byte[] body = message.getBody().readAllBytes();
    check(body);
    return new Read(message.getHeaders(), new ByteArrayInputStream(body));
  }

  private static void check(byte[] body) {
    try {
      // A fresh decoder reports what is malformed; String's constructor would replace it.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw refused("The bytes are no UTF-8.");
    }
    for (byte one : body) {
      if (one == 0) {
        throw refused("There is a zero byte: UTF-8 is taken, and no other encoding.");
      }
    }
  }

  private static TenantryException refused(String detail) {
    return new TenantryException(
        ErrorCode.JSON_INVALID,
        "The body: " + detail,
        List.of(new FieldError("", "encoding_invalid", detail)));
  }

  private record Read(HttpHeaders headers, ByteArrayInputStream bytes) implements HttpInputMessage {

    @Override
    public InputStream getBody() {
      return bytes;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
