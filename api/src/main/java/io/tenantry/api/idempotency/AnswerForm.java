package io.tenantry.api.idempotency;

import io.tenantry.api.problems.ProblemWriter;
import io.tenantry.api.problems.RefusalCounter;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.OnceWork.Made;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.json.JsonMapper;

/** Turns what a handler returns into the bytes that are answered, now and later. Thread-safe. */
@Component
class AnswerForm {

  private static final String REPLAYED = "Idempotency-Replayed";

  private final JsonMapper json;
  private final ProblemWriter problems;
  private final RefusalCounter refusals;

  AnswerForm(JsonMapper json, ProblemWriter problems, RefusalCounter refusals) {
    this.json = json;
    this.problems = problems;
    this.refusals = refusals;
  }

  /** The answer that {@code handler} means by {@code returned}. */
  Made made(Method handler, @Nullable Object returned) {
    if (returned instanceof ResponseEntity<?> entity) {
      return made(entity.getStatusCode().value(), entity.getHeaders(), entity.getBody());
    }
    ResponseStatus declared =
        AnnotatedElementUtils.findMergedAnnotation(handler, ResponseStatus.class);
    return made(declared == null ? 200 : declared.code().value(), new HttpHeaders(), returned);
  }

  private Made made(int status, HttpHeaders given, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.putAll(given);
    if (body != null && headers.getContentType() == null) {
      headers.setContentType(MediaType.APPLICATION_JSON);
    }
    StoredAnswer shown = new StoredAnswer(status, lines(headers), text(body));
    return body instanceof ShownOnce secret
        ? new Made(shown, new StoredAnswer(status, shown.headers(), text(secret.kept())))
        : new Made(shown, shown);
  }

  /** The problem document of a refusal, with the id of the request that met it. */
  StoredAnswer refusal(HttpServletRequest request, TenantryException refusal) {
    return new StoredAnswer(
        refusal.code().status(),
        HttpHeaders.CONTENT_TYPE + ": " + MediaType.APPLICATION_PROBLEM_JSON_VALUE,
        new String(problems.body(request, refusal), StandardCharsets.UTF_8));
  }

  void write(HttpServletRequest request, HttpServletResponse response, Answered answered)
      throws IOException {
    StoredAnswer answer = answered.answer();
    if (answer.headers().contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
      refusals.countKept(request, json.readTree(answer.body()).path("code").asString(""));
    }
    response.setStatus(answer.status());
    answer
        .headers()
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              response.addHeader(line.substring(0, colon), line.substring(colon + 2));
            });
    if (answered.replayed()) {
      response.setHeader(REPLAYED, "true");
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (answer.status() != 204) {
      response.setContentLength(body.length);
    }
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  private String text(@Nullable Object body) {
    return body == null ? "" : new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
  }

  private static String lines(HttpHeaders headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        (name, values) ->
            values.forEach(value -> lines.append(name).append(": ").append(value).append('\n')));
    return lines.toString();
  }
}
