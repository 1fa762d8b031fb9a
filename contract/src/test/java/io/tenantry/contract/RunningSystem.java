package io.tenantry.contract;

import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.FreePorts;
import java.io.File;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The system as {@code make run} starts it, in a process of its own on free ports. */
final class RunningSystem implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final int port;
  private final ChildProcess process;

  private RunningSystem(Path home, int port, ChildProcess process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  static RunningSystem start(Path home) {
    int port = FreePorts.next();
    ChildProcess process =
        ChildProcess.start(
            command(),
            Map.of(
                // A tenant made ahead is there at once, and leaves no operation to be waited for.
                "TENANTRY_PROVISIONER_PREPARED", "0",
                "TENANTRY_HOME", home.toString(),
                "TENANTRY_PORT", Integer.toString(port),
                "TENANTRY_MANAGEMENT_PORT", Integer.toString(FreePorts.next()),
                "TENANTRY_POSTGRES_PORT", Integer.toString(FreePorts.next())));
    process.awaitStart(START, () -> process.output().contains("Stop it with Ctrl-C."));
    return new RunningSystem(home, port, process);
  }

  /** From the classes while Maven tests; once it has packaged, from the jar that runs by itself. */
  private static List<String> command() {
    String classes = System.getProperty("java.class.path");
    Optional<String> jar =
        Arrays.stream(classes.split(File.pathSeparator))
            .filter(entry -> Path.of(entry).endsWith("tenantry.jar"))
            .findFirst();
    List<String> command = ChildProcess.java("-Xmx512m");
    if (jar.isPresent()) {
      command.addAll(List.of("-jar", jar.get()));
    } else {
      command.addAll(List.of("-cp", classes, "io.tenantry.standalone.Tenantry"));
    }
    command.add("run");
    return command;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The secret of a client that comes with the system. */
  String secret(String client) throws IOException {
    return Files.readString(home.resolve("secrets/client." + client)).strip();
  }

  /** What the issuer answers to a client's credentials. */
  HttpResponse<String> ask(String client, String secret) throws Exception {
    byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return http.send(
        HttpRequest.newBuilder(uri().resolve("/oauth2/token"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build(),
        BodyHandlers.ofString());
  }

  String token(String client, String secret) throws Exception {
    HttpResponse<String> answer = ask(client, secret);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("No token: " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
