package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.operations.terminal.ExitCode;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs over the schemas of all tenants, as an operator starts and reads them. */
class MigrateIT {

  private static final TestPlatform PLATFORM =
      TestPlatform.install("tenantry_migrate", "acme", "globex");
  private static final String INDEX = "desk_orders_status_idx";

  @AfterEach
  void everySchemaIsAtThisBuildsVersionAgain() {
    Ran up = migrate("up", "--output", "json");
    assertThat(up.exit()).as(up.toString()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void downAndUpMoveEverySchemaAndStatusTellsWhereTheyAre() {
    String version = migrate("version", "--output=json").json().path("version").asString();
    assertThat(migrate("status", "--check").exit()).isEqualTo(ExitCode.DONE);

    Ran down = migrate("down", "1");
    assertThat(down.exit()).as(down.toString()).isEqualTo(ExitCode.DONE);
    assertThat(down.out()).contains("DOWN: SUCCEEDED, 2 changed, 0 failed");

    Ran behind = migrate("status", "--check");
    assertThat(behind.exit()).isEqualTo(ExitCode.UNFINISHED);
    assertThat(behind.out()).contains("1 changeset behind", "2 schemas, 2 not at " + version);
    JsonNode status = migrate("status", "--output", "json").json();
    assertThat(status.path("version").asString()).isEqualTo(version);
    assertThat(status.path("versions").path(0).path("behind").asInt()).isEqualTo(1);
    assertThat(status.path("versions").path(0).path("schemas").asInt()).isEqualTo(2);

    assertThat(migrate("plan").out()).contains(version, "CHANGESET").doesNotContain("grant select");
    assertThat(migrate("plan", "--sql").out()).contains("grant ");
    JsonNode plan = migrate("plan", "--output=json").json().path("changeSets");
    assertThat(plan.valueStream()).hasSize(1);
    assertThat(plan.path(0).path("id").asString()).isEqualTo(version);
    assertThat(plan.path(0).path("schemas").asInt()).isEqualTo(2);

    Ran up = migrate("up", "--canary", "acme", "--output", "json");
    assertThat(up.exit()).as(up.toString()).isEqualTo(ExitCode.DONE);
    assertThat(up.json().path("state").asString()).isEqualTo("SUCCEEDED");
    assertThat(up.json().path("changed").asInt()).isEqualTo(2);
    assertThat(up.err()).contains("2 of 2 done").doesNotContain("\u001b", "\r");
    assertThat(migrate("plan").out()).contains("Nothing:");
  }

  @Test
  void aTenantThatFailsIsNamedWithItsSqlstateAndTheCommandDoesNotEndWithZero() {
    assertThat(migrate("down", "2").exit()).isEqualTo(ExitCode.DONE);
    String schema = schemaOf("globex");
    PLATFORM.run("create table " + schema + "." + INDEX + " (x int)");
    String run;
    try {
      Ran up = migrate("up", "--canary", "acme", "--budget", "5", "--output", "json");
      assertThat(up.exit()).as(up.toString()).isEqualTo(ExitCode.INCOMPLETE);
      JsonNode failure = up.json().path("failures").path(0);
      assertThat(failure.path("slug").asString()).isEqualTo("globex");
      assertThat(failure.path("sqlState").asString()).isEqualTo("42P07");
      assertThat(up.json().path("changed").asInt()).isEqualTo(1);
      run = up.json().path("id").asString();
      Ran told = migrate("status", run);
      assertThat(told.exit()).isEqualTo(ExitCode.INCOMPLETE);
      assertThat(told.out()).contains("globex", "42P07", "1 changed, 1 failed");
      assertThat(migrate("status").out()).contains("FAILED", "42P07");
    } finally {
      PLATFORM.run("drop table " + schema + "." + INDEX);
    }
    Ran revert = migrate("revert", run);
    assertThat(revert.exit()).as(revert.toString()).isEqualTo(ExitCode.DONE);
    assertThat(revert.out()).contains("REVERT: SUCCEEDED, 1 changed");
  }

  @Test
  void aSchemaThatHasDriftedIsNamedObjectByObject() {
    assertThat(migrate("drift").exit()).isEqualTo(ExitCode.DONE);
    String schema = schemaOf("acme");
    PLATFORM.run("comment on table " + schema + ".desk_orders is 'something else'");
    try {
      Ran drift = migrate("drift");
      assertThat(drift.exit()).as(drift.toString()).isEqualTo(ExitCode.UNSAFE);
      assertThat(drift.out()).contains("desk_orders is something else", "1 drifted");
      JsonNode found = migrate("drift", "--output", "json").json();
      assertThat(found.path("schemas").asInt()).isEqualTo(2);
      assertThat(found.path("drifted").path(0).path("deviations").path(0).path("words").asString())
          .contains("comment of table desk_orders");
      assertThat(migrate("status").out()).contains("DRIFTED");
    } finally {
      PLATFORM.run("comment on table " + schema + ".desk_orders is 'Orders of the desk'");
    }
    assertThat(migrate("drift").exit()).isEqualTo(ExitCode.DONE);
  }

  private static String schemaOf(String slug) {
    return "tenant_"
        + PLATFORM.read(
            "select replace(id::text, '-', '') from tenantry_control.tenants where slug = '"
                + slug
                + "'");
  }

  @Test
  void aRunThatIsAskedForAloneWaitsAndIsPausedAndResumed() {
    assertThat(migrate("down", "1").exit()).isEqualTo(ExitCode.DONE);
    Ran asked = migrate("up", "--detach", "--output", "json");
    assertThat(asked.exit()).as(asked.toString()).isEqualTo(ExitCode.DONE);
    assertThat(asked.json().path("state").asString()).isEqualTo("QUEUED");
    Ran second = migrate("up");
    assertThat(second.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(second.err()).contains(asked.json().path("id").asString());

    assertThat(migrate("pause").out()).contains("PAUSED");
    assertThat(migrate("status").out()).contains("UP: PAUSED");
    Ran resumed = migrate("resume");
    assertThat(resumed.exit()).as(resumed.toString()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.out()).contains("UP: SUCCEEDED, 2 changed");
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() {
    assertThat(migrate("status", UUID.randomUUID().toString()))
        .satisfies(
            ran -> {
              assertThat(ran.exit()).isEqualTo(ExitCode.REFUSED);
              assertThat(ran.err()).contains("There is no run");
            });
    assertThat(migrate("down", "0").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(migrate("down", "one").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(migrate("down", "900").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(migrate("up", "--canary", "nobody").exit()).isEqualTo(ExitCode.REFUSED);
    Ran unknown = migrate("up", "--to", "tenant-9999-typo");
    assertThat(unknown.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(unknown.err()).contains("tenant-9999-typo");
    assertThat(migrate("up", "--waves", "40,10").err()).contains("ascending");
    Ran away = Ran.command(PLATFORM.variables("TENANTRY_DATABASE_PORT", "1"), "migrate", "status");
    assertThat(away.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(away.err()).doesNotContain("\tat ");
  }

  @Test
  void withVerboseItSaysWhichDatabaseItWorksOn() {
    assertThat(migrate("status", "--verbose").err())
        .contains("works on the database " + PLATFORM.address().host());
  }

  private static Ran migrate(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "migrate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Ran.command(PLATFORM.variables(), all);
  }
}
