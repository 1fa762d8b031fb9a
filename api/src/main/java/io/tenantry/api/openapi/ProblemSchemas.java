package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What refusals look like, with one example for each code of the catalogue. */
final class ProblemSchemas {

  private ProblemSchemas() {}

  static Map<String, Schema<?>> all() {
    List<String> required =
        List.of("type", "title", "status", "detail", "code", "hint", "requestId");
    return Forms.fields(
        "FieldError",
        Forms.answer(
            Forms.fields(
                "pointer",
                Forms.string()
                    .description("JSON Pointer into the body, or a parameter's or header's name."),
                "code",
                Forms.matching("^[a-z0-9_]+$"),
                "detail",
                Forms.string())),
        "Problem",
        Forms.answer(
                Forms.fields(
                    "type", Forms.matching("^/problems/[a-z0-9_]+$"),
                    "title", Forms.string(),
                    "status", Forms.whole(400, 599),
                    "detail", Forms.string().description("Names the value at fault."),
                    "code", Forms.ref("ErrorCode"),
                    "hint", Forms.string().description("The way out."),
                    "requestId", Forms.matching("^[A-Za-z0-9._-]{1,128}$"),
                    "errors", Forms.list(Forms.ref("FieldError"), null)))
            .required(required)
            .description("A problem document, RFC 9457. Programs look at code alone."),
        "ErrorCode",
        Forms.named(Arrays.stream(ErrorCode.values()).map(ErrorCode::id)));
  }

  static Map<String, Example> examples() {
    Map<String, Example> examples = new LinkedHashMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      examples.put(code.id(), new Example().summary(code.title()).value(example(code)));
    }
    return examples;
  }

  private static Map<String, Object> example(ErrorCode code) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "/problems/" + code.id());
    problem.put("title", code.title());
    problem.put("status", code.status());
    problem.put("detail", detail(code));
    problem.put("code", code.id());
    problem.put("hint", code.hint());
    problem.put("requestId", "7f3c5a0e-2f6b-4f0e-9a53-4f1a5a3a9a10");
    if (code == ErrorCode.VALIDATION_FAILED) {
      List<Object> errors = new ArrayList<>();
      // Sorted, since the description is compared with a file.
      errors.add(
          new TreeMap<>(
              Map.of(
                  "code", "not_positive",
                  "detail", "It has to be greater than 0.",
                  "pointer", "/quantity")));
      problem.put("errors", errors);
    }
    return problem;
  }

  private static String detail(ErrorCode code) {
    return code == ErrorCode.VALIDATION_FAILED
        ? "/quantity: It has to be greater than 0."
        : code.title() + ".";
  }
}
