package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.standalone.RunningSystem.Result;
import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operators' commands against a running system, which they find by its folder. */
class OperatorIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path temp;
  private static Path home;
  private static RunningSystem system;

  /** What a command came to. */
  private record Ran(int exit, String out, String err) {

    JsonNode json() {
      return JSON.readTree(out);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    home = temp.resolve("home");
    system = RunningSystem.start(home);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void aTenantIsMadeShownChangedAndListed() {
    Ran made = run("tenant", "create", "initech", "--name", "Initech", "--label", "a=b", "--wait");
    assertThat(made.exit()).as(made.toString()).isEqualTo(ExitCode.DONE);
    assertThat(made.err()).doesNotContain("\u001b", "\r");

    JsonNode tenant = run("tenant", "show", "initech", "--output", "json").json();
    assertThat(tenant.path("status").asString()).isEqualTo("ACTIVE");
    assertThat(tenant.path("labels").path("a").asString()).isEqualTo("b");
    assertThat(run("tenant", "show", "initech").out())
        .contains("displayName", "Initech", "ACTIVE", tenant.path("id").asString());

    Ran again = run("tenant", "create", "initech");
    assertThat(again.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(again.err())
        .contains("'initech' exists.", "(tenant_exists, request ")
        .containsPattern("request [A-Za-z0-9._-]{8,}");

    Ran renamed = run("tenant", "update", "initech", "--name", "Initech Ltd");
    assertThat(renamed.exit()).as(renamed.toString()).isEqualTo(ExitCode.DONE);
    assertThat(renamed.out()).contains("Initech Ltd");
    assertThat(run("tenant", "update", "nobody-here", "--name", "x").exit())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("tenant", "show", "nobody-here").exit()).isEqualTo(ExitCode.REFUSED);

    List<String> slugs =
        run("tenant", "list", "--output", "json")
            .json()
            .path("items")
            .valueStream()
            .map(one -> one.path("slug").asString())
            .toList();
    assertThat(slugs).contains("acme", "globex", "initech");
    assertThat(run("tenant", "list").out().lines().skip(1).map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(slugs);
    assertThat(run("tenant", "list", "--limit", "1", "--output=json").json().path("items"))
        .hasSize(1);
    assertThat(run("tenant", "list", "--status", "failed").out().lines()).hasSize(1);
    assertThat(run("tenant", "list", "--status", "failing").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aTenantIsSuspendedAndResumed() {
    assertThat(run("tenant", "suspend", "globex").out()).contains("SUSPENDED");
    assertThat(run("tenant", "resume", "globex").out()).contains("ACTIVE");
  }

  @Test
  void theEndOfATenantIsConfirmedFollowedAndCertified() throws IOException {
    run("tenant", "create", "hooli", "--retention-days", "0", "--wait");
    for (String[] wrong :
        new String[][] {
          {"tenant", "delete", "hooli"}, {"tenant", "delete", "hooli", "--confirm", "acme"}
        }) {
      Ran ran = run(wrong);
      assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("--confirm");
    }
    Ran kept = run("tenant", "delete", "hooli", "--confirm", "hooli");
    assertThat(kept.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(kept.err()).contains("deletion_protected");
    run("tenant", "update", "hooli", "--deletion-protection", "false");
    done(run("tenant", "delete", "hooli", "--confirm", "hooli", "--wait"));
    assertThat(run("tenant", "show", "hooli").out()).contains("RETAINED");

    done(run("tenant", "undelete", "hooli"));
    done(run("tenant", "delete", "hooli", "--confirm", "hooli", "--wait"));
    done(run("tenant", "hold", "hooli", "--reason", "case 4711"));
    Ran held = run("tenant", "purge", "hooli", "--for-good", "--confirm", "hooli");
    assertThat(held.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(held.err()).contains("legal_hold");
    done(run("tenant", "hold", "hooli", "--release"));
    Ran looked = run("tenant", "purge", "hooli", "--wait");
    done(looked);
    assertThat(run("tenant", "show", "hooli").out()).contains("RETAINED");
    assertThat(run("tenant", "purge", "hooli", "--for-good").exit()).isEqualTo(ExitCode.USAGE);
    done(run("tenant", "purge", "hooli", "--for-good", "--confirm", "hooli", "--wait"));
    certified("hooli");
  }

  @Test
  void onATerminalTheSlugIsTypedBeforeATenantEnds() {
    done(
        run(
            "tenant",
            "create",
            "vandelay",
            "--deletion-protection=false",
            "--retention-days=0",
            "--wait"));
    try (PseudoTerminal wrong = onTerminal("tenant", "delete", "vandelay")) {
      shows(wrong, "This deletes 'vandelay' at http://127.0.0.1:" + system.port());
      wrong.type("y\n");
      assertThat(wrong.exitCode()).as(wrong.screen()).isEqualTo(ExitCode.USAGE);
      assertThat(wrong.screen()).contains("Nothing was changed");
    }
    assertThat(run("tenant", "show", "vandelay").out()).contains("ACTIVE");
    try (PseudoTerminal right = onTerminal("tenant", "delete", "vandelay", "--wait")) {
      shows(right, "Type vandelay to go on: ");
      right.type("vandelay\n");
      assertThat(right.exitCode()).as(right.screen()).isEqualTo(ExitCode.DONE);
    }
    assertThat(run("tenant", "show", "vandelay").out()).contains("RETAINED");
    try (PseudoTerminal wrong = onTerminal("tenant", "purge", "vandelay", "--for-good", "--wait")) {
      shows(wrong, "This removes for good 'vandelay'", "Type vandelay to go on: ");
      wrong.type("acme\n");
      assertThat(wrong.exitCode()).as(wrong.screen()).isEqualTo(ExitCode.USAGE);
    }
    try (PseudoTerminal right = onTerminal("tenant", "purge", "vandelay", "--for-good", "--wait")) {
      shows(right, "Type vandelay to go on: ");
      right.type("vandelay\n");
      assertThat(right.exitCode()).as(right.screen()).isEqualTo(ExitCode.DONE);
    }
  }

  private static PseudoTerminal onTerminal(String... arguments) {
    List<String> command =
        ChildProcess.java("-cp", System.getProperty("java.class.path"), Tenantry.class.getName());
    command.addAll(List.of(arguments));
    return PseudoTerminal.start(command, Map.of("TENANTRY_HOME", home.toString()));
  }

  private static void shows(PseudoTerminal terminal, String... texts) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(terminal.screen()).contains(List.of(texts)));
  }

  private static void certified(String slug) throws IOException {
    Ran fetched = run("certificate", "fetch", slug);
    done(fetched);
    Path file = Files.writeString(temp.resolve(slug + ".json"), fetched.out());
    Ran good = run("certificate", "verify", file.toString());
    done(good);
    assertThat(good.out()).contains("can be believed");

    // What is shown, and what was signed, changed after the fact.
    String when = fetched.json().path("certificate").path("purgedAt").asString();
    Path changed = temp.resolve("changed.json");
    Files.writeString(changed, fetched.out().replace(when, "2000-01-01T00:00:00Z"));
    assertThat(run("certificate", "verify", changed.toString()).exit()).isEqualTo(ExitCode.UNSAFE);
    String signature = fetched.json().path("signature").asString();
    String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
    Files.writeString(changed, fetched.out().replace(signature, other));
    Ran forged = run("certificate", "verify", changed.toString(), "--output", "json");
    assertThat(forged.exit()).isEqualTo(ExitCode.UNSAFE);
    assertThat(forged.json().path("valid").asBoolean(true)).isFalse();
    assertThat(run("certificate", "verify", home.resolve("instance.properties").toString()).exit())
        .isEqualTo(ExitCode.UNSAFE);
  }

  @Test
  void whoIsNotLetInIsToldSoAndNoSecretIsShown() {
    String url = "http://127.0.0.1:" + system.port();
    Ran token =
        run(Map.of("TENANTRY_API_URL", url, "TENANTRY_TOKEN", "notATokenOfOurs"), "tenant", "list");
    assertThat(token.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(token.err()).contains("token_invalid").doesNotContain("notATokenOfOurs");
    Ran client =
        run(
            Map.of(
                "TENANTRY_API_URL",
                url,
                "TENANTRY_CLIENT_ID",
                "platform",
                "TENANTRY_CLIENT_SECRET",
                "notTheSecret"),
            "tenant",
            "list",
            "--verbose");
    assertThat(client.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(client.err())
        .contains("talks to the admin API at " + url + " as client platform", "no token")
        .doesNotContain("notTheSecret");
    Ran away =
        run(
            Map.of("TENANTRY_API_URL", "http://127.0.0.1:1", "TENANTRY_TOKEN", "x"),
            "tenant",
            "list");
    assertThat(away.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(away.err()).contains("Nothing answers at http://127.0.0.1:1");
  }

  @Test
  void whatIsNoSlugIsCalledWrongly() {
    for (String slug : List.of("A", "acme-", "../acme", "acme?x=1")) {
      Ran ran = run("tenant", "show", slug);
      assertThat(ran.exit()).as(slug).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("is not a slug", "Usage:");
    }
    assertThat(run("tenant", "hold", "acme").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("tenant").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theCommandsOnTheDatabaseFindThatOfTheRunningSystem() throws Exception {
    Result status = system.command("migrate", "status", "--verbose");
    assertThat(status.exitCode()).as(status.output()).isZero();
    assertThat(status.output()).contains("works on the database 127.0.0.1:", "this build");
    Result psql =
        system.command("db", "psql", "--builtin", "--as", "superuser", "-c", "select 1 as one");
    assertThat(psql.exitCode()).as(psql.output()).isZero();
    assertThat(psql.output()).contains("as postgres, reading only");
    Result up = system.command("migrate", "up");
    assertThat(up.exitCode()).as(up.output()).isZero();
    assertThat(up.output()).contains("UP: SUCCEEDED");
  }

  private static void done(Ran ran) {
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.DONE);
  }

  private static Ran run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private static Ran run(Map<String, String> more, String... arguments) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("TENANTRY_HOME", home.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Tenantry.commandLine(variables)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ran(exit, out.toString(), err.toString());
  }
}
