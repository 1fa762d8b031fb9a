package io.tenantry.operations.client;

import io.tenantry.credentials.startup.UnknownSettings;
import io.tenantry.operations.platform.Instance;
import io.tenantry.operations.platform.InstanceFile;
import io.tenantry.operations.platform.ThisMachine;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which API is talked to, and as whom: what the variables name or, when they name none, the API of
 * a running {@code make run} and its platform client. Secrets come from variables and files alone:
 * every user of the machine can read what is on a command line.
 *
 * @param api without a path
 */
public record ApiTarget(URI api, ApiLogin login) {

  /** For the help of commands that ask it. */
  public static final String HELP =
      "%nTalks to the admin API: that of TENANTRY_API_URL or, where it is not set, that of a"
          + " running%n`make run` in TENANTRY_HOME (.tenantry).%n";

  static final String URL = "TENANTRY_API_URL";
  static final String TOKEN = "TENANTRY_TOKEN";
  static final String CLIENT = "TENANTRY_CLIENT_ID";
  static final String SECRET = "TENANTRY_CLIENT_SECRET";

  private static final String LOCAL_CLIENT = "platform";

  /**
   * As the environment says.
   *
   * @throws CommandFailure when it names no API, or not as whom
   */
  public static ApiTarget of(Surroundings surroundings) {
    UnknownSettings.demandKnown(surroundings.variables());
    Optional<String> url = surroundings.variable(URL);
    if (url.isPresent()) {
      return new ApiTarget(checked(url.get()), given(surroundings).orElseThrow(ApiTarget::nobody));
    }
    URI running =
        InstanceFile.in(surroundings.home())
            .find()
            .map(Instance::api)
            .filter(URI::isAbsolute)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.FAILED,
                        "No API is named, and nothing runs from " + surroundings.home() + ".",
                        "Set " + URL + ", or start make run, or set TENANTRY_HOME."));
    // The file may be somebody else's: it names a place on this machine, or none.
    if (!ThisMachine.is(String.valueOf(running.getHost()))) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The file in " + surroundings.home() + " names an API that is not on this machine.",
          "Set " + URL + " to say that it is meant.");
    }
    return new ApiTarget(
        checked(running.toString()),
        given(surroundings).orElseGet(() -> local(surroundings.home())));
  }

  private static Optional<ApiLogin> given(Surroundings surroundings) {
    Optional<String> token = surroundings.variable(TOKEN);
    if (token.isPresent()) {
      // What is no header would be shown by the failure to send it.
      if (!token.get().matches("[!-~]+")) {
        throw new CommandFailure(
            ExitCode.FAILED,
            TOKEN + " is no token: it has a space, a line's end or another sign that none has.",
            "Set it to the token alone, in one line.");
      }
      return Optional.of(new ApiLogin.Token(token.get()));
    }
    Optional<String> id = surroundings.variable(CLIENT);
    Optional<String> secret = surroundings.variable(SECRET);
    if (id.isPresent() != secret.isPresent()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          (id.isPresent() ? SECRET : CLIENT) + " is not set.",
          "A client is named by both, " + CLIENT + " and " + SECRET + ".");
    }
    return id.map(client -> new ApiLogin.Client(client, secret.orElseThrow()));
  }

  private static CommandFailure nobody() {
    return new CommandFailure(
        ExitCode.FAILED,
        "It is not said as whom to ask the API.",
        "Set " + TOKEN + ", or " + CLIENT + " and " + SECRET + ", for a client of the platform.");
  }

  private static ApiLogin local(Path home) {
    Path file = home.resolve("secrets").resolve("client." + LOCAL_CLIENT);
    try {
      return new ApiLogin.Client(LOCAL_CLIENT, Files.readString(file).strip());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, file + " cannot be read.", "Set " + TOKEN + ", or TENANTRY_HOME.");
    }
  }

  /** The value is not shown where it is no URL: it may be a secret in the wrong variable. */
  private static URI checked(String url) {
    URI api;
    try {
      api = new URI(url);
    } catch (URISyntaxException e) {
      throw wrong("is no URL");
    }
    String scheme = api.getScheme() == null ? "" : api.getScheme();
    if (api.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw wrong("is no URL of the form https://host:port");
    }
    if (api.getRawUserInfo() != null) {
      throw wrong("has a user in it");
    }
    if (!(api.getRawPath().isEmpty() || api.getRawPath().equals("/"))
        || api.getRawQuery() != null
        || api.getRawFragment() != null) {
      throw wrong("has a path; it takes https://host:port alone");
    }
    if (scheme.equals("http") && !ThisMachine.is(api.getHost())) {
      throw wrong(
          "is http, and " + api.getHost() + " is not this machine: tokens would be readable");
    }
    return api;
  }

  private static CommandFailure wrong(String what) {
    return new CommandFailure(
        ExitCode.FAILED, URL + " " + what + ".", "Set it to https://host:port of the API.");
  }
}
