package io.tenantry.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request over real HTTP; its answer has to keep to the committed description. */
final class Call {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpRequest.Builder request;
  private final String method;
  private BodyPublisher body = BodyPublishers.noBody();

  Call(int port, String method, String path) {
    this.method = method;
    this.request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(40));
  }

  Call token(String token) {
    return header("Authorization", "Bearer " + token);
  }

  Call header(String name, String value) {
    request.header(name, value);
    return this;
  }

  Call json(String json) {
    return body("application/json", BodyPublishers.ofString(json));
  }

  Call bytes(byte[] json) {
    return body("application/json", BodyPublishers.ofByteArray(json));
  }

  Call chunked(byte[] json) {
    return body(
        "application/json", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)));
  }

  Call body(String mediaType, BodyPublisher publisher) {
    this.body = publisher;
    return header("Content-Type", mediaType);
  }

  Call bodyWithoutType(BodyPublisher publisher) {
    this.body = publisher;
    return this;
  }

  Answer send() {
    return sendBy(CLIENT);
  }

  /** By a client with connections of its own. */
  Answer sendBy(HttpClient client) {
    try {
      HttpResponse<String> response =
          client.send(
              request.method(method, body).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      Contract.committed().check(response);
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
