package io.tenantry.operations.runs;

import io.tenantry.control.SchemaRegistry;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.operations.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = "What `migrate up` would run, in how many schemas. Changes nothing.",
    footer = {"", "Example: tenantry migrate plan --sql"})
final class PlanCommand extends DatabaseWork {

  @Option(names = "--sql", description = "With the text of each changeset and its rollback.")
  private boolean sql;

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** A changeset and how many schemas lack it. */
  private record Pending(ChangeSet change, int schemas) {}

  @Override
  protected int run(Platform platform) {
    Plan plan = PlanCompiler.tenantTree().plan();
    Census census = new Census(plan, new SchemaRegistry(new Workshop(platform).control()).all());
    List<Pending> pending = pending(plan, census.versions());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", plan.version());
    document.put("changeSets", pending.stream().map(this::fields).toList());
    show(document, text(plan, pending));
    return ExitCode.DONE;
  }

  private static List<Pending> pending(Plan plan, List<Census.Version> versions) {
    List<Pending> pending = new ArrayList<>();
    int all = plan.changeSets().size();
    for (int i = 0; i < all; i++) {
      int place = i;
      int schemas =
          versions.stream()
              .filter(version -> version.behind() >= all - place)
              .mapToInt(Census.Version::schemas)
              .sum();
      if (schemas > 0) {
        pending.add(new Pending(plan.changeSets().get(i), schemas));
      }
    }
    return pending;
  }

  private String text(Plan plan, List<Pending> pending) {
    if (pending.isEmpty()) {
      return "Nothing: every schema of this build's versions is at " + plan.version() + ".";
    }
    Table table = new Table("CHANGESET", "SCHEMAS", "COMPATIBLE", "TRANSACTION", "ROLLBACK");
    StringBuilder texts = new StringBuilder();
    for (Pending one : pending) {
      ChangeSet change = one.change();
      table.add(
          change.id(),
          Integer.toString(one.schemas()),
          change.compatible() ? "yes" : "no",
          change.inTransaction() ? "yes" : "no",
          change.rollback() == null ? "none" : "yes");
      if (sql) {
        texts.append("\n\n-- ").append(change.id()).append('\n').append(change.sql().strip());
        if (change.rollback() != null && !change.rollback().isBlank()) {
          texts.append("\n-- back\n").append(change.rollback().strip());
        }
      }
    }
    return table.toString() + texts;
  }

  private Map<String, Object> fields(Pending one) {
    ChangeSet change = one.change();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", change.id());
    fields.put("schemas", one.schemas());
    fields.put("compatible", change.compatible());
    fields.put("inTransaction", change.inTransaction());
    fields.put("hasRollback", change.rollback() != null);
    if (sql) {
      fields.put("sql", change.sql());
      fields.put("rollback", change.rollback() == null ? "" : change.rollback());
    }
    return fields;
  }
}
