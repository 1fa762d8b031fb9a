package io.tenantry.standalone;

import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API of a running instance as one of the demo clients. */
final class ApiClientCall implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI api;
  private final Path secrets;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  ApiClientCall(URI api, Path secrets) {
    this.api = api;
    this.secrets = secrets;
  }

  /** An answer: its status, and its body as JSON (missing when there is none). */
  record Answer(int status, JsonNode body) {}

  /**
   * A new token for a client of the demo.
   *
   * @throws TenantryException when there is no such client, or the issuer refuses it
   */
  String token(String client) {
    if (!clients().contains(client)) {
      throw new TenantryException(
          ErrorCode.SETTING_INVALID,
          "There is no client '" + client + "' here. Known: " + String.join(", ", clients()) + ".");
    }
    String secret = SecretDirectory.clientSecret(secrets, client);
    String basic =
        Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    Answer answer =
        send(
            HttpRequest.newBuilder(api.resolve("/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    if (answer.status() != 200) {
      throw new TenantryException(
          ErrorCode.TOKEN_INVALID,
          "The issuer at " + api + " refused the client '" + client + "': " + answer.body() + ".");
    }
    return answer.body().path("access_token").asString();
  }

  Answer get(String token, String path) {
    return send(authorized(token, path).GET());
  }

  Answer post(String token, String path, String json) {
    return send(
        authorized(token, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder authorized(String token, String path) {
    return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      String body = response.body();
      return new Answer(response.statusCode(), JSON.readTree(body.isBlank() ? "null" : body));
    } catch (IOException e) {
      throw new TenantryException(
          ErrorCode.SETTING_INVALID,
          "Nothing answers at " + api + ". Start it with make run, or set TENANTRY_HOME.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while calling " + api, e);
    }
  }

  private List<String> clients() {
    try (Stream<Path> files = Files.list(secrets)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("client."))
          .map(name -> name.substring("client.".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
