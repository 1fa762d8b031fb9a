package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.Operation;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantCertificates;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutListener;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.fanout.SchemaProof;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A slug outlives its tenant as a hash, and in the audit, and nowhere else. */
class PurgedNamesIT {

  /** Every text of the platform's own tables, but for the audit, in which the slug is a word. */
  private static final String EVERYWHERE =
      """
      select 'runs' from tenantry_control.migration_runs r where r::text ~ '\\m%slug%(?![-a-z0-9])'
      union all
      select 'operations' from tenantry_control.operations o where o::text ~ '\\m%slug%(?![-a-z0-9])'
      union all
      select 'steps' from tenantry_control.operation_steps s where s::text ~ '\\m%slug%(?![-a-z0-9])'
      union all
      select 'tenants' from tenantry_control.tenants t where t::text ~ '\\m%slug%(?![-a-z0-9])'
      union all
      select 'answers' from tenantry_control.idempotency_keys k
      where convert_from(k.body, 'UTF8') ~ '\\m%slug%(?![-a-z0-9])' or k.headers ~ '\\m%slug%(?![-a-z0-9])'
      """;

  private static final String STORED =
      """
      insert into tenantry_control.idempotency_keys
        (caller, key, request_hash, status, headers, body, created_at)
      values ('c', '%s', sha256(''), %s, '%s', convert_to('%s', 'UTF8'), now());
      """;

  private final Purging purging = new Purging("purged_names");

  @Test
  void theSlugIsGoneFromAnswersRunsAndOperations() throws SQLException {
    Tenant tenant = named("forgotten");
    Operation operation = purging.purge(tenant);
    purging.superuser(ofPurge(tenant, operation));
    assertThat(named(tenant)).contains("answers", "runs", "operations", "steps");

    purging.ended(operation);

    assertThat(named(tenant)).isEmpty();
    try (Connection superuser = purging.platform.superuser()) {
      String tombstone = "purged-" + TenantNames.register(tenant.id());
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select k.key, k.status, convert_from(k.body, 'UTF8')::jsonb ->> 'slug',"
                      + " convert_from(k.body, 'UTF8')::jsonb ->> 'displayName'"
                      + " from tenantry_control.idempotency_keys k order by 1"))
          .as("the answer to the purge is still repeated; one that names a like-named tenant stays")
          .containsExactly("near|200|forgotten-too|null", "purge|202|" + tombstone + "|purged");
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select count(*) from tenantry_control.migration_runs where canaries = '{"
                      + tombstone
                      + "}'"))
          .containsExactly("1");
    }
    assertThat(new TenantCertificates(purging.control).find(tenant.slug()).orElseThrow().json())
        .contains(" rows: runs over all schemas that were told to begin with it");
  }

  @Test
  void aNameThatIsWrittenBehindItsRemovalIsFoundAndKeepsTheTenantFromBeingPurged()
      throws SQLException {
    Tenant tenant = named("remembered");
    // Takes the removal away: nothing of these tables is changed or deleted by anybody.
    List<String> tables =
        List.of("idempotency_keys", "migration_runs", "operations", "operation_steps");
    StringBuilder keep =
        new StringBuilder(
            "create function tenantry_api.keep_names() returns trigger language plpgsql as $f$"
                + "begin return null; end$f$;");
    StringBuilder clean = new StringBuilder();
    for (String table : tables) {
      String when =
          switch (table) {
            case "operations" -> "when (old.error_detail is not null)";
            case "operation_steps" -> "when (old.detail like '%''remembered''%')";
            case "migration_runs" -> "when (old.canaries <> '{}')";
            default -> "";
          };
      keep.append(
          "create trigger keep_names before update or delete on tenantry_control.%s for each row %s execute function tenantry_api.keep_names();"
              .formatted(table, when));
      clean.append("drop trigger keep_names on tenantry_control.%s;".formatted(table));
    }
    clean.append("drop function tenantry_api.keep_names();");
    purging.superuser(keep.toString());
    Operation operation = purging.purge(tenant);
    try {
      Operation failed = purging.failed(operation);
      assertThat(failed.errorCode()).isEqualTo(ErrorCode.PURGE_RESIDUE.id());
      SeenCodes.saw(ErrorCode.PURGE_RESIDUE);
      for (String table : tables) {
        assertThat(failed.errorDetail())
            .contains("rows in tenantry_control." + table + " that name it");
      }
    } finally {
      purging.superuser(clean.toString());
    }
    purging.ended(purging.purge(tenant));
    assertThat(named(tenant)).isEmpty();
  }

  @Test
  void theAnswersOfOthersStayWhateverTheyHaveWrittenIntoTheirOwn() throws SQLException {
    Tenant tenant = purging.retained("mentioned");
    String others =
        """
        {"id":"x","slug":"other","displayName":"$slug","labels":{"slug":"$slug","id":"$id"},
        "hold":{"reason":"as $id"}}
        """
            .replace("$slug", tenant.slug().value())
            .replace("$id", tenant.id().toString());
    purging.superuser(
        "delete from tenantry_control.idempotency_keys;"
            + STORED.formatted("label", 200, "", others)
            + STORED.formatted("word", 200, "", "{\"errorDetail\":\"of " + tenant.id() + "\"}")
            + STORED.formatted("own", 200, "", "{\"labels\":{},\"slug\":\"mentioned\"}"));

    purging.ended(purging.purge(tenant));

    try (Connection superuser = purging.platform.superuser()) {
      assertThat(TestPlatform.rows(superuser, "select key from tenantry_control.idempotency_keys"))
          .containsExactly("label");
    }
  }

  @Test
  void theCertificateTellsOfTheAuditOfRunsWhoseErrorNamedIt() throws SQLException {
    Tenant tenant = purging.retained("blamed");
    MigrationRuns runs = new MigrationRuns(purging.control);
    UUID run = runs.request(MigrationRequest.up(), Purging.TEST).id();
    String about = " where id = '" + run + "'";
    purging.superuser(
        "update tenantry_control.migration_runs set error_code = 'x', error_detail ="
            + " '''blamed''' || ' was in the way.'"
            + about);
    runs.pause(run, Purging.TEST);

    purging.ended(purging.purge(tenant));

    assertThat(named(tenant)).isEmpty();
    assertThat(new TenantCertificates(purging.control).find(tenant.slug()).orElseThrow().json())
        .contains("1 rows: runs over all schemas whose error named it; append-only");
    purging.superuser(
        "update tenantry_control.migration_runs set state = 'FAILED', finished_at = now()" + about);
  }

  /** A retained tenant whose slug stands wherever the platform writes one. */
  private Tenant named(String name) throws SQLException {
    Tenant tenant = purging.retained(name);
    new FanOut(
            purging.platform.as(Duty.CONTROL),
            purging.platform.as(Duty.MIGRATE),
            purging.platform.signer(),
            PlanCompiler::tenantTree,
            FanOutSettings.defaults(),
            SchemaProof.NONE)
        .runNow(
            new MigrationRequest(
                MigrationDirection.UP, null, null, List.of(name), List.of(100), 0, 1),
            Purging.TEST,
            FanOutListener.NONE);
    Operation failing = purging.purges.preview(tenant.slug(), Purging.TEST).operation();
    purging.ended(failing);
    purging.superuser(
        """
        update tenantry_control.operations set state = 'FAILED', error_code = 'x',
          error_detail = '''%1$s'' is what it was.' where id = '%2$s';
        update tenantry_control.operation_steps set detail = 'Step x: ''%1$s'' was there.'
        where operation_id = '%2$s' and number = 1;
        """
            .formatted(name, failing.id()));
    purging.superuser(
        "delete from tenantry_control.idempotency_keys;"
            + STORED.formatted("made", 200, "", "{\"slug\":\"" + name + "\"}")
            + STORED.formatted(
                "client", 201, "Location: /admin/v1/tenants/" + name + "/clients/x", "{}")
            + STORED.formatted("refused", 409, "", "{\"detail\":\"''" + name + "'' is held.\"}")
            + STORED.formatted("ran", 202, "", "{\"canaries\":[\"x\",\"" + name + "\"]}")
            + STORED.formatted("near", 200, "", "{\"slug\":\"" + name + "-too\"}"));
    return tenant;
  }

  private static String ofPurge(Tenant tenant, Operation operation) {
    return STORED.formatted(
        "purge",
        202,
        "Location: /admin/v1/operations/" + operation.id(),
        "{\"slug\":\"" + tenant.slug() + "\",\"displayName\":\"Name of " + tenant.slug() + "\"}");
  }

  private List<String> named(Tenant tenant) throws SQLException {
    try (Connection superuser = purging.platform.superuser()) {
      return TestPlatform.rows(superuser, EVERYWHERE.replace("%slug%", tenant.slug().value()));
    }
  }
}
