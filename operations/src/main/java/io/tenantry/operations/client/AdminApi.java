package io.tenantry.operations.client;

import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls the admin API. Gets a token at the first call and a new one when it is over. For one
 * thread; blocks on the network. Every method throws {@link CommandFailure} for an answer that is a
 * problem, and when there is none.
 */
public final class AdminApi implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(90);
  private static final int ERRORS = 400;
  private static final int UNAUTHORIZED = 401;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ApiTarget target;
  // Redirects are not followed: the token would go where the answer says.
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private @Nullable String token;

  public AdminApi(ApiTarget target) {
    this.target = target;
  }

  /** Where it is and as whom it is asked, for people; no secret. */
  public String where() {
    return target.api() + " as " + target.login();
  }

  /** Reads. */
  public ApiAnswer get(String path) {
    return send("GET", path, null, Map.of());
  }

  /**
   * Calls.
   *
   * @param path from the root, with the query
   * @param body null: none
   * @param headers beside those that every call has
   */
  public ApiAnswer send(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
    boolean fresh = token == null;
    HttpResponse<String> answer = call(method, path, body, headers);
    if (answer.statusCode() == UNAUTHORIZED
        && !fresh
        && target.login() instanceof ApiLogin.Client) {
      token = null;
      answer = call(method, path, body, headers);
    }
    return good(answer);
  }

  private HttpResponse<String> call(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(resolve(path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token())
            .header("Accept", "application/json, application/problem+json");
    BodyPublisher content = BodyPublishers.noBody();
    if (body != null) {
      content = BodyPublishers.ofString(JSON.writeValueAsString(body));
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return exchange(request.method(method, content).build());
  }

  private String token() {
    if (token == null) {
      token =
          switch (target.login()) {
            case ApiLogin.Token given -> given.value();
            case ApiLogin.Client client -> tokenFor(client);
          };
    }
    return token;
  }

  private String tokenFor(ApiLogin.Client client) {
    String pair = encode(client.id()) + ":" + encode(client.secret());
    HttpResponse<String> answer =
        exchange(
            HttpRequest.newBuilder(resolve("/oauth2/token"))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
    if (answer.statusCode() != 200) {
      throw new CommandFailure(
          answer.statusCode() < 500 ? ExitCode.REFUSED : ExitCode.FAILED,
          "The issuer at "
              + target.api()
              + " gave "
              + target.login()
              + " no token: status "
              + answer.statusCode()
              + ".",
          "Correct "
              + ApiTarget.CLIENT
              + " and "
              + ApiTarget.SECRET
              + ", or set "
              + ApiTarget.TOKEN
              + " where tokens come from another issuer.");
    }
    return json(answer).path("access_token").asString();
  }

  private ApiAnswer good(HttpResponse<String> answer) {
    if (answer.statusCode() < 300) {
      return new ApiAnswer(answer.statusCode(), json(answer), answer.headers());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() >= ERRORS && type.startsWith("application/problem+json")) {
      throw Problem.of(answer.statusCode(), json(answer));
    }
    throw odd("answered " + answer.statusCode() + " in a form that is not ours");
  }

  private JsonNode json(HttpResponse<String> answer) {
    if (answer.body().isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw odd("answered something that is no JSON");
    }
  }

  private CommandFailure odd(String what) {
    return new CommandFailure(
        ExitCode.FAILED,
        target.api() + " " + what + ".",
        "Look whether " + ApiTarget.URL + " names the API itself.");
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "Nothing answers at " + target.api() + ": " + e.getClass().getSimpleName() + ".",
          "Start the API, or set " + ApiTarget.URL + " to where it is.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "Interrupted while waiting for the API.");
    }
  }

  /** The path may be an answer's {@code Location}: the token goes to the API and nowhere else. */
  private URI resolve(String path) {
    URI to;
    try {
      to = target.api().resolve(path);
    } catch (IllegalArgumentException e) {
      throw odd("names '" + path + "' as the place of something, which is no URL");
    }
    if (!Origin.of(to).equals(Origin.of(target.api()))) {
      throw odd("sends to '" + to + "', which is not the same server; it was not asked there");
    }
    return to;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
