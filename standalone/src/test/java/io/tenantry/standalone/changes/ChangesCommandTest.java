package io.tenantry.standalone.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.migrations.rules.ChangeSetLinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code make migrate.lint}, {@code migrate.lock} and {@code migrate.draft} call. */
class ChangesCommandTest {

  private static final Path OWN =
      Path.of("..", "migrations", "src", "main", "resources", "db").toAbsolutePath().normalize();

  @TempDir private Path trees;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void ourOwnTreesBreakNoRuleAndDropNothingThatIsMapped() throws IOException {
    assertThat(new ChangeSetLinter(OWN, MappedTables.ofProduct().mapping()).lint()).isEmpty();
    assertThat(run("--trees", OWN.toString(), "lint")).isZero();
    assertThat(out.toString()).contains("No finding.");
  }

  @Test
  void theMappingIsReadFromTheEntities() {
    assertThat(MappedTables.ofProduct().mapping().columns())
        .contains(
            "desk_orders.order_type",
            "desk_orders.tenant_id",
            "tenantry_api.research_reports.title");
  }

  @Test
  void aMappedColumnThatIsDroppedIsAFinding() throws IOException {
    copyTrees();
    add("tenant", "0999_drop.sql", "alter table desk_orders drop column strategy;");

    assertThat(run("--trees", trees.toString(), "lint")).isEqualTo(1);
    assertThat(out.toString())
        .contains("tenant/0999_drop.sql:5: drops_mapped in tenant-0999-drop: desk_orders.strategy")
        .contains("1 findings.");
  }

  @Test
  void aReleaseIsRefusedWhileARuleIsBroken() throws IOException {
    copyTrees();
    String before = lock();
    add("tenant", "0999_drop.sql", "alter table desk_orders drop column strategy;");

    assertThat(run("--trees", trees.toString(), "release")).isEqualTo(1);
    assertThat(out.toString()).contains("drops_mapped");
    assertThat(lock()).isEqualTo(before);
  }

  @Test
  void aReleaseAddsWhatIsNewAndKeepsWhatIsThere() throws IOException {
    copyTrees();
    String before = lock();
    add("tenant", "0999_more.sql", "comment on table desk_orders is 'Orders of a desk';");

    assertThat(run("--trees", trees.toString(), "release")).isZero();
    assertThat(lock()).startsWith(before.strip()).contains("tenant-0999-more 9:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Desk", "../x", "a", "desk-limits", "1st"})
  void aDraftNeedsANameThatAFileCanHave(String name) {
    assertThat(run("--trees", OWN.toString(), "draft", name)).isEqualTo(1);
    assertThat(err.toString())
        .contains("NAME is '" + name + "'")
        .contains("make migrate.draft NAME=desk_limits");
  }

  @Test
  void aDraftWithoutANameSaysHowToGiveOne() {
    assertThat(run("--trees", OWN.toString(), "draft")).isEqualTo(1);
    assertThat(err.toString()).contains("NAME is ''");
  }

  @Test
  void aFolderWithoutTreesIsNamed() {
    assertThat(run("--trees", trees.toString(), "lint")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no tenant.xml in '" + trees + "'");
  }

  private int run(String... arguments) {
    return new CommandLine(new ChangesCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void copyTrees() throws IOException {
    try (Stream<Path> all = Files.walk(OWN)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = trees.resolve(OWN.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private String lock() throws IOException {
    return Files.readString(trees.resolve("tenant.lock"));
  }

  private void add(String tree, String name, String sql) throws IOException {
    String id = tree + "-" + name.substring(0, name.indexOf('.')).replace('_', '-');
    Files.writeString(
        trees.resolve(tree).resolve(name),
        """
        --liquibase formatted sql

        --changeset tenantry:%s splitStatements:false rollbackSplitStatements:false stripComments:false
        --comment: A change
        %s
        --rollback empty
        """
            .formatted(id, sql));
    Path root = trees.resolve(tree + ".xml");
    Files.writeString(
        root,
        Files.readString(root)
            .replace(
                "</databaseChangeLog>",
                "<include file=\"%s/%s\" relativeToChangelogFile=\"true\" logicalFilePath=\"%s\"/></databaseChangeLog>"
                    .formatted(tree, name, tree)));
  }
}
