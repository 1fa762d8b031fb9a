package io.tenantry.api.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One answer for each status that refuses, with an example for each code. */
final class ProblemAnswers {

  private ProblemAnswers() {}

  static Map<String, ApiResponse> of(Set<ErrorCode> errors, String path, HttpMethod method) {
    Map<String, ApiResponse> answers = new TreeMap<>();
    errors.stream()
        .collect(groupingBy(ErrorCode::status, TreeMap::new, toList()))
        .forEach(
            (status, codes) -> answers.put(status.toString(), of(status, codes, path, method)));
    return answers;
  }

  private static ApiResponse of(int status, List<ErrorCode> codes, String path, HttpMethod method) {
    MediaType media = new MediaType().schema(Forms.ref("Problem"));
    codes.forEach(
        code ->
            media.addExamples(code.id(), new Example().$ref("#/components/examples/" + code.id())));
    ApiResponse answer =
        new ApiResponse()
            .description(
                codes.stream().map(c -> c.title() + " (`" + c.id() + "`)").collect(joining("; ")))
            .content(new Content().addMediaType("application/problem+json", media));
    answer.addHeaderObject("X-Request-Id", SharedParts.header("X-Request-Id"));
    if (codes.stream().anyMatch(ErrorCode::retryable)) {
      answer.addHeaderObject("Retry-After", SharedParts.header("Retry-After"));
    }
    if (status == 401 || status == 403) {
      answer.addHeaderObject("WWW-Authenticate", SharedParts.header("WWW-Authenticate"));
    }
    if (status == 405) {
      answer.addHeaderObject("Allow", SharedParts.header("Allow"));
    }
    boolean afterTheLimit = status != 401 && status != 403 && status < 500;
    if (path.startsWith("/v1/") && afterTheLimit) {
      answer.addHeaderObject("RateLimit", SharedParts.header("RateLimit"));
      answer.addHeaderObject("RateLimit-Policy", SharedParts.header("RateLimit-Policy"));
    }
    if (method == HttpMethod.POST && List.of(404, 409, 422).contains(status)) {
      answer.addHeaderObject("Idempotency-Replayed", SharedParts.header("Idempotency-Replayed"));
    }
    return answer;
  }
}
