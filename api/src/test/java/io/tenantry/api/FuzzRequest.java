package io.tenantry.api;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that a fuzz run made.
 *
 * @param token whose token it carries, or the whole value of its Authorization header
 * @param missing {@link #BY_CLIENT}, or how many bytes of the body it promises and does not send
 */
record FuzzRequest(
    String method,
    String path,
    String token,
    Map<String, String> headers,
    @Nullable String mediaType,
    @Nullable String body,
    int missing) {

  /** For {@code missing}: an HTTP client sends it. */
  static final int BY_CLIENT = -1;

  /** The same request, sent byte by byte, without the last {@code bytes} that it promises. */
  FuzzRequest raw(int bytes, Map<String, String> others) {
    return new FuzzRequest(method, path, token, others, mediaType, body, bytes);
  }

  boolean isRaw() {
    return missing != BY_CLIENT;
  }

  /** The same request to {@code api}, ready to be sent. */
  Call call(ApiServer api, Map<String, String> tokens) {
    Call call = api.call(method, path);
    String known = tokens.get(token);
    if (known != null) {
      call.token(known);
    } else if (!token.isEmpty()) {
      call.header("Authorization", token);
    }
    headers.forEach(call::header);
    if (body != null) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      if (mediaType == null) {
        call.bodyWithoutType(BodyPublishers.ofByteArray(bytes));
      } else {
        call.body(mediaType, BodyPublishers.ofByteArray(bytes));
      }
    }
    return call;
  }

  /** Requests with one thing less, to find out what a failure needs. */
  List<FuzzRequest> simpler() {
    List<FuzzRequest> simpler = new ArrayList<>();
    int query = path.indexOf('?');
    if (query >= 0) {
      String[] parameters = path.substring(query + 1).split("&");
      for (int i = 0; i < parameters.length; i++) {
        List<String> kept = new ArrayList<>(List.of(parameters));
        kept.remove(i);
        String rest = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        simpler.add(at(path.substring(0, query) + rest));
      }
    }
    for (String name : headers.keySet()) {
      Map<String, String> kept = new LinkedHashMap<>(headers);
      kept.remove(name);
      simpler.add(new FuzzRequest(method, path, token, kept, mediaType, body, missing));
    }
    if (body != null && body.length() > 1) {
      int half = body.length() / 2;
      simpler.add(with(body.substring(0, half)));
      simpler.add(with(body.substring(half)));
      simpler.add(with("{}"));
    }
    if (body != null) {
      simpler.add(new FuzzRequest(method, path, token, headers, null, null, missing));
    }
    simpler.removeIf(this::equals);
    return simpler;
  }

  private FuzzRequest at(String other) {
    return new FuzzRequest(method, other, token, headers, mediaType, body, missing);
  }

  private FuzzRequest with(String other) {
    return new FuzzRequest(method, path, token, headers, mediaType, other, missing);
  }
}
