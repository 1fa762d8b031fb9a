package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.tenantry.tenancy.TenantSlug;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Headers and parameters that several operations have, each described once. */
final class SharedParts {

  private static final String KEY_PATTERN = "^[\\x21-\\x7E]{1,255}$";

  private SharedParts() {}

  static void addTo(Components components) {
    headers().forEach(components::addHeaders);
    parameters().forEach(components::addParameters);
  }

  static Header header(String name) {
    return new Header().$ref("#/components/headers/" + name);
  }

  static Parameter parameter(String name) {
    return new Parameter().$ref("#/components/parameters/" + name);
  }

  private static Map<String, Header> headers() {
    Map<String, Header> headers = new LinkedHashMap<>();
    add(headers, "X-Request-Id", "The request's id: the caller's, or a new one.", requestId());
    add(headers, "ETag", "The version of what is answered, for If-Match.", Forms.tag());
    add(headers, "Location", "The path of what was made.", Forms.matching("^/"));
    add(headers, "Link", "The next page of the list; not on the last.", Forms.string());
    add(headers, "Retry-After", "Seconds after which to try again.", seconds());
    add(headers, "RateLimit", "What is left of the tenant's limit.", Forms.string());
    add(headers, "RateLimit-Policy", "The tenant's limit.", Forms.string());
    add(headers, "WWW-Authenticate", "How to authenticate.", Forms.string());
    add(headers, "Allow", "The methods that the path takes.", Forms.string());
    add(
        headers,
        "Idempotency-Replayed",
        "true when this is the stored answer to an earlier request with the same key.",
        Forms.named(Stream.of("true")));
    return headers;
  }

  private static void add(
      Map<String, Header> headers, String name, String description, Schema<?> schema) {
    headers.put(name, new Header().description(description).schema(schema));
  }

  private static Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    add(
        all,
        "RequestId",
        in("header", "X-Request-Id", requestId(), "my-request.1")
            .description("An id for the request, to find it in logs and audit."));
    add(
        all,
        "IdempotencyKey",
        in("header", "Idempotency-Key", Forms.matching(KEY_PATTERN), "9f1c6f3e")
            .description(
                "Makes it safe to send the request again: for 24 hours the same key with the same"
                    + " request answers what the first one did."));
    add(
        all,
        "IfMatch",
        in("header", "If-Match", Forms.string(), "\"0\"")
            .required(true)
            .description("The ETag that was last read."));
    add(
        all,
        "IfMatchOptional",
        in("header", "If-Match", Forms.string(), "\"1\"")
            .description("The ETag that was last read; refuses to overwrite a newer version."));
    add(
        all,
        "ConfirmTenant",
        in("header", "Confirm-Tenant", Forms.matching(TenantSlug.PATTERN), "acme")
            .description("The slug once more: this is not meant for another tenant."));
    add(
        all,
        "IfNoneMatch",
        in("header", "If-None-Match", Forms.string(), "\"0\"")
            .description("The ETag of what the caller has; 304 when it is still that."));
    add(
        all,
        "OnlyNew",
        in("header", "If-None-Match", Forms.named(Stream.of("*")), "*")
            .description("Refuses to change what exists."));
    add(
        all,
        "Limit",
        in("query", "limit", Forms.whole(1, 200).description("50 unless said."), 50)
            .description("The most items that the page may have."));
    add(
        all,
        "Cursor",
        in("query", "cursor", Forms.matching("^[A-Za-z0-9_-]+$"), null)
            .description("nextCursor of the page before."));
    add(
        all,
        "Id",
        in("path", "id", Forms.id(), "0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d10").required(true));
    add(
        all,
        "ClientId",
        in("path", "clientId", Forms.matching("^[\\x21-\\x7E]{1,100}$"), "acme-desk")
            .required(true));
    add(all, "Slug", in("path", "slug", Forms.matching(TenantSlug.PATTERN), "acme").required(true));
    return all;
  }

  static Parameter in(String place, String name, Schema<?> schema, @Nullable Object example) {
    Parameter parameter = new Parameter().in(place).name(name).schema(schema).required(false);
    if (example != null) {
      parameter.setExample(example);
    }
    return parameter;
  }

  private static void add(Map<String, Parameter> all, String name, Parameter parameter) {
    all.put(name, parameter);
  }

  private static Schema<?> requestId() {
    return Forms.matching("^[A-Za-z0-9._-]{1,128}$");
  }

  private static Schema<?> seconds() {
    return Forms.matching("^[1-9][0-9]*$");
  }
}
