package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationTask;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.schema.SchemaText;
import java.util.UUID;

/** What a run adds to a schema's text: the look before it, and what is written down with it. */
final class ChangeText {

  /** The run is paused, or another worker's. */
  static final String NOT_OURS = "TN001";

  /** Its result is written already, or its version is another one than the run saw. */
  static final String OVERTAKEN = "TN002";

  /** Its history is not as long as the registry says. */
  static final String OTHER_HISTORY = "TN003";

  private final Plan plan;
  private final UUID run;
  private final String worker;

  ChangeText(Plan plan, UUID run, String worker) {
    this.plan = plan;
    this.run = run;
    this.worker = worker;
  }

  /**
   * Refuses to go on unless all is as the run saw it, and keeps it so until the transaction ends.
   * The run's row is not locked: a pause must not wait for tenants.
   */
  String guard(MigrationTask task, int at) {
    return guard(task, at, "and not r.pause_requested");
  }

  /** As {@link #guard}, for what has happened already and has to be written down. */
  String guardOfDone(MigrationTask task, int at) {
    return guard(task, at, "");
  }

  private String guard(MigrationTask task, int at, String pause) {
    return """
    do $tenantry$ begin
      if not exists (select from tenantry_control.migration_runs r where r.id = %s
          and r.worker = %s and r.state = 'RUNNING' %s) then
        raise exception 'the run is not this worker''s to go on with' using errcode = '%s';
      end if;
      perform from tenantry_control.migration_results r
        where r.run_id = %s and r.tenant_id = %s and r.state = 'PENDING' for update;
      if not found then
        raise exception 'the tenant has had its turn' using errcode = '%s';
      end if;
      perform from tenantry_control.tenant_schemas s
        where s.tenant_id = %s and s.version = %s for update;
      if not found then
        raise exception 'the schema is at another version' using errcode = '%s';
      end if;
      if (select count(*) from databasechangelog) <> %d then
        raise exception 'the history is not what the registry says' using errcode = '%s';
      end if;
    end $tenantry$;
    """
        .formatted(
            id(run),
            SchemaText.literal(worker),
            pause,
            NOT_OURS,
            id(run),
            id(task.tenant().value()),
            OVERTAKEN,
            id(task.tenant().value()),
            SchemaText.literal(plan.versionAt(at)),
            OVERTAKEN,
            at,
            OTHER_HISTORY);
  }

  /** The schema has {@code count} changesets now; with {@code done} the tenant's turn is over. */
  String record(MigrationTask task, int count, boolean done) {
    String registry =
        "update tenantry_control.tenant_schemas set version = "
            + SchemaText.literal(plan.versionAt(count))
            + ", history_hash = "
            + SchemaText.literal(plan.first(count).historyHash())
            + ", changed_run_id = "
            + id(run)
            + ", changed_at = clock_timestamp(), failed_changeset = null, failed_sqlstate = null,"
            + " failed_run_id = null where tenant_id = "
            + id(task.tenant().value())
            + ";\n";
    return done
        ? registry
            + "update tenantry_control.migration_results set state = 'SUCCEEDED',"
            + " started_at = transaction_timestamp(), finished_at = clock_timestamp(),"
            + " changeset = null, sqlstate = null, detail = null where run_id = "
            + id(run)
            + " and tenant_id = "
            + id(task.tenant().value())
            + ";\n"
        : registry;
  }

  private static String id(UUID id) {
    return SchemaText.literal(id.toString());
  }
}
