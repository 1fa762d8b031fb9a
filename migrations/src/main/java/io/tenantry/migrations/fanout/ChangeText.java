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
   */
  String guard(MigrationTask task, int at) {
    return begin(task, at, false);
  }

  /** As {@link #guard}, for what has happened already and has to be written down. */
  String guardOfDone(MigrationTask task, int at) {
    return begin(task, at, true);
  }

  private String begin(MigrationTask task, int at, boolean thoughPaused) {
    return "select tenantry_control.begin_migration_turn(%s, %s, %s, %s, %d, %s);\n"
        .formatted(
            id(run),
            SchemaText.literal(worker),
            id(task.tenant().value()),
            SchemaText.literal(plan.versionAt(at)),
            at,
            thoughPaused);
  }

  /** The schema has {@code count} changesets now; with {@code done} the tenant's turn is over. */
  String record(MigrationTask task, int count, boolean done) {
    return "select tenantry_control.end_migration_turn(%s, %s, %s, %s, %s);\n"
        .formatted(
            id(run),
            id(task.tenant().value()),
            SchemaText.literal(plan.versionAt(count)),
            SchemaText.literal(plan.first(count).historyHash()),
            done);
  }

  private static String id(UUID id) {
    return SchemaText.literal(id.toString());
  }
}
