package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one operation takes and answers. Made once, by the table of its resource; what all
 * operations have in common is added here, so that a table says only what is its own.
 */
final class DescribedOperation {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JSON_TYPE = "application/json";

  private final HttpMethod method;
  private final String path;
  private final Operation operation = new Operation();
  private final Set<ErrorCode> errors;
  private final Map<String, ApiResponse> successes = new LinkedHashMap<>();

  private DescribedOperation(HttpMethod method, String path) {
    this.method = method;
    this.path = path;
    this.errors = EnumSet.copyOf(CommonErrors.of(path, method));
    if (path.startsWith("/v1/") || path.startsWith("/admin/v1/")) {
      String scope =
          (path.startsWith("/v1/") ? "tenant:" : "platform:")
              + (method == HttpMethod.GET ? "read" : "write");
      needs(scope);
      operation.addParametersItem(SharedParts.parameter("RequestId"));
    } else {
      operation.setSecurity(List.of());
    }
    if (method == HttpMethod.POST && !errors.isEmpty()) {
      operation.addParametersItem(SharedParts.parameter("IdempotencyKey"));
    }
  }

  static DescribedOperation of(HttpMethod method, String path) {
    return new DescribedOperation(method, path);
  }

  DescribedOperation named(String id, String tag, String summary) {
    operation.operationId(id).addTagsItem(tag).summary(summary);
    return this;
  }

  DescribedOperation says(String description) {
    operation.description(description);
    return this;
  }

  /** Parameters that {@link SharedParts} has. */
  DescribedOperation takes(String... shared) {
    for (String name : shared) {
      operation.addParametersItem(SharedParts.parameter(name));
    }
    return this;
  }

  DescribedOperation takes(Parameter own) {
    operation.addParametersItem(own);
    return this;
  }

  /** The scope, where it is another one than path and method say. */
  DescribedOperation needs(String scope) {
    return security(
        new SecurityRequirement().addList(Security.CLIENT_CREDENTIALS, scope),
        new SecurityRequirement().addList(Security.BEARER));
  }

  DescribedOperation security(SecurityRequirement... requirements) {
    operation.setSecurity(List.of(requirements));
    return this;
  }

  /** A JSON body; {@code examples} are names and texts in turn, the first one the plainest. */
  DescribedOperation body(String schema, String... examples) {
    return bodyOf(JSON_TYPE, schema, examples);
  }

  /** As above, of a body that may be left out. */
  DescribedOperation optionalBody(String schema, String... examples) {
    body(schema, examples);
    operation.getRequestBody().required(false);
    return this;
  }

  DescribedOperation bodyOf(String mediaType, String schema, String... examples) {
    MediaType media = new MediaType().schema(Forms.ref(schema));
    for (int i = 0; i < examples.length; i += 2) {
      media.addExamples(examples[i], new Example().value(read(examples[i + 1])));
    }
    operation.setRequestBody(
        new RequestBody().required(true).content(new Content().addMediaType(mediaType, media)));
    if (!errors.isEmpty()) {
      Collections.addAll(
          errors,
          ErrorCode.JSON_INVALID,
          ErrorCode.TENANT_IN_REQUEST,
          ErrorCode.FIELD_UNKNOWN,
          ErrorCode.FIELD_TYPE_INVALID,
          ErrorCode.MEDIA_TYPE_UNSUPPORTED,
          ErrorCode.VALIDATION_FAILED);
    }
    return this;
  }

  /** A success with a body, of which {@code example} is one. */
  DescribedOperation answers(
      int status, String description, String schema, String example, String... headers) {
    MediaType media = new MediaType().schema(Forms.ref(schema));
    media.addExamples("example", new Example().value(read(example)));
    return success(status, description, new Content().addMediaType(JSON_TYPE, media), headers);
  }

  /** A success without a body. */
  DescribedOperation answersNothing(int status, String description, String... headers) {
    ApiResponse response = new ApiResponse().description(description);
    successes.put(Integer.toString(status), headers(response, headers));
    return this;
  }

  private DescribedOperation success(
      int status, String description, Content content, String... headers) {
    ApiResponse response = new ApiResponse().description(description).content(content);
    successes.put(Integer.toString(status), headers(response, headers));
    return this;
  }

  private ApiResponse headers(ApiResponse response, String... headers) {
    for (String header : headers) {
      response.addHeaderObject(header, SharedParts.header(header));
    }
    response.addHeaderObject("X-Request-Id", SharedParts.header("X-Request-Id"));
    if (!errors.isEmpty()) {
      if (path.startsWith("/v1/")) {
        response.addHeaderObject("RateLimit", SharedParts.header("RateLimit"));
        response.addHeaderObject("RateLimit-Policy", SharedParts.header("RateLimit-Policy"));
      }
      if (method == HttpMethod.POST) {
        response.addHeaderObject(
            "Idempotency-Replayed", SharedParts.header("Idempotency-Replayed"));
      }
    }
    return response;
  }

  /** What it refuses beside what every operation of its kind does. */
  DescribedOperation refuses(ErrorCode... codes) {
    Collections.addAll(errors, codes);
    return this;
  }

  HttpMethod method() {
    return method;
  }

  String path() {
    return path;
  }

  /** The whole of it, with all answers in the order of their statuses. */
  Operation operation() {
    Map<String, ApiResponse> all = new TreeMap<>(successes);
    all.putAll(ProblemAnswers.of(errors, path, method));
    ApiResponses responses = new ApiResponses();
    all.forEach(responses::addApiResponse);
    return operation.responses(responses);
  }

  private static Object read(String json) {
    return JSON.readValue(json, Object.class);
  }
}
