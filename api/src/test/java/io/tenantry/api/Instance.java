package io.tenantry.api;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.FreePorts;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The API as a process of its own, told everything by environment variables, on the platform that
 * the tests share.
 */
final class Instance implements AutoCloseable {

  static final String DATABASE_URL = "DATABASE_URL";

  private static final Duration START = Duration.ofMinutes(2);

  private final ChildProcess process;
  private final int port;
  private final int managementPort;

  private Instance(ChildProcess process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts one and returns at once; {@code variables} come on top of those that it needs. */
  static Instance launch(Map<String, String> variables) {
    int port = FreePorts.next();
    int managementPort = FreePorts.next();
    Map<String, String> environment = environment(port, managementPort);
    environment.putAll(variables);
    List<String> command =
        ChildProcess.java(
            "-Xmx384m",
            "-cp",
            System.getProperty("java.class.path"),
            ApiApplication.class.getName());
    return new Instance(ChildProcess.start(command, environment), port, managementPort);
  }

  private static Map<String, String> environment(int port, int managementPort) {
    ApiServer.Platform platform = ApiServer.platform();
    DatabaseAddress address = platform.address();
    Map<String, String> variables = new HashMap<>();
    // User and password are those of an earlier system: no login of ours, so they must not matter.
    variables.put(
        DATABASE_URL,
        "postgresql://nobody:nothing@%s:%d/%s"
            .formatted(address.host(), address.port(), address.database()));
    variables.put("TENANTRY_CREDENTIALS_DIRECTORY", platform.secrets().toString());
    variables.put("TENANTRY_PORT", Integer.toString(port));
    variables.put("TENANTRY_MANAGEMENT_PORT", Integer.toString(managementPort));
    variables.put("TENANTRY_ISSUER_ENABLED", "true");
    variables.put("TENANTRY_ISSUER_URI", ApiServer.ISSUER);
    return variables;
  }

  /** Waits until it says that it is ready. */
  Instance awaitReady() {
    process.awaitStart(START, this::isReady);
    return this;
  }

  boolean isReady() {
    try {
      return new Call(managementPort, "GET", "/actuator/health/readiness").send().status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  Call call(String method, String path) {
    return new Call(port, method, path);
  }

  Call get(String path) {
    return call("GET", path);
  }

  Call post(String path, String json) {
    return call("POST", path).json(json);
  }

  /** A token that this instance issued. */
  String token(String client) {
    return login(client).is(200).text("access_token");
  }

  /** What a client that asks for a token is answered. */
  Answer login(String client) {
    String login =
        Base64.getEncoder()
            .encodeToString((client + ":" + ApiServer.SECRET).getBytes(StandardCharsets.UTF_8));
    return call("POST", "/oauth2/token")
        .header("Authorization", "Basic " + login.replace(" ", "%20"))
        .body(
            "application/x-www-form-urlencoded",
            BodyPublishers.ofString("grant_type=client_credentials"))
        .send();
  }

  /** As kill -9. */
  void kill() {
    process.kill();
  }

  /** The code with which it ended; one that still runs after a minute fails the test. */
  int awaitExit() {
    int code = process.exitCode();
    if (code == -1) {
      throw new AssertionError("The instance still runs: " + output());
    }
    return code;
  }

  /** All that it has printed. */
  String output() {
    return process.output();
  }

  List<String> lines() {
    return output().lines().toList();
  }

  @Override
  public void close() {
    kill();
  }
}
