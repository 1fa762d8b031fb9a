package io.tenantry.standalone.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.rules.ChangeSetLinter;
import io.tenantry.migrations.rules.Rule;
import io.tenantry.migrations.rules.RuleFinding;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts are the difference between the mapping and what the changesets make. */
class DraftIT {

  private static final Path OWN =
      Path.of("..", "migrations", "src", "main", "resources", "db").toAbsolutePath().normalize();

  private static final CredentialSource CREDENTIALS = credentials();

  @TempDir private Path trees;

  @BeforeEach
  void copyTheTrees() throws IOException {
    try (Stream<Path> all = Files.walk(OWN)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = trees.resolve(OWN.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void whatTheProductMapsIsMadeByItsChangeSets() {
    assertThat(difference(MappedTables.ofProduct()).statements()).isEmpty();
  }

  @Test
  void aTableThatIsMissingIsDraftedUnderTheNextNumber() throws IOException {
    List<Path> files = draft("desk_limits", LimitEntity.class);

    assertThat(files).hasSize(1);
    Path file = files.getFirst();
    assertThat(file.getFileName().toString()).matches("\\d{4}_desk_limits\\.sql");
    assertThat(numbers(OWN.resolve("tenant")))
        .allSatisfy(
            number -> assertThat(number).isLessThan(numbers(trees.resolve("tenant")).getLast()));
    assertThat(Files.readString(file))
        .startsWith("--liquibase formatted sql\n\n--changeset tenantry:tenant-")
        .contains("create table desk_limits (")
        .contains("trader_name text")
        .contains("created_at timestamptz")
        .contains("tenant_id uuid")
        .contains("--rollback drop table desk_limits;\n")
        .doesNotContain("tenant__schema");
    assertThat(Files.readString(trees.resolve("tenant.xml"))).doesNotContain("desk_limits");
  }

  @Test
  void aColumnThatIsMissingIsDraftedAloneThoughTypesDiffer() throws IOException {
    Path file = draft("order_venue", OrderWithVenueEntity.class).getFirst();

    assertThat(statements(file))
        .containsExactly("alter table if exists desk_orders add column venue text;");
    assertThat(Files.readString(file))
        .contains("--rollback alter table desk_orders drop column venue;\n");
  }

  @Test
  void aSharedTablesColumnIsDraftedInThePlatformsTree() throws IOException {
    Path file = draft("report_rating", RatedReportEntity.class).getFirst();

    assertThat(file.getParent()).isEqualTo(trees.resolve("platform"));
    assertThat(statements(file))
        .singleElement()
        .asString()
        .contains("tenantry_api.research_reports add column rating integer");
  }

  @Test
  void theLinterRefusesADraftUntilItIsCompletedAndIncluded() throws IOException {
    Path file = draft("desk_limits", LimitEntity.class).getFirst();
    String included = "tenant/" + file.getFileName();

    assertThat(rules()).containsExactly(Rule.NOT_INCLUDED);
    Path root = trees.resolve("tenant.xml");
    Files.writeString(
        root,
        Files.readString(root)
            .replace(
                "</databaseChangeLog>",
                "<include file=\"%s\" relativeToChangelogFile=\"true\" logicalFilePath=\"tenant\"/></databaseChangeLog>"
                    .formatted(included)));
    assertThat(rules())
        .contains(
            Rule.COMMENT_MISSING,
            Rule.CONSTRAINT_NAME,
            Rule.KEY_WITHOUT_TENANT,
            Rule.ROW_SECURITY_MISSING)
        .doesNotContain(Rule.NOT_INCLUDED);
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() {
    assertThatThrownBy(
            () -> new DraftFolder(trees).write("nothing", new SchemaDifference(List.of())))
        .isInstanceOf(DraftRefusedException.class)
        .hasMessageContaining("nothing to draft");
  }

  private List<Rule> rules() throws IOException {
    return new ChangeSetLinter(trees, MappedTables.ofProduct().mapping())
        .lint().stream().map(RuleFinding::rule).toList();
  }

  private List<Path> draft(String name, Class<?> entity) throws IOException {
    return new DraftFolder(trees).write(name, difference(new MappedTables(List.of(entity))));
  }

  private static SchemaDifference difference(MappedTables mapped) {
    TestPostgres postgres = TestPostgres.shared();
    return ScratchDatabase.difference(
        new DatabaseAddress(postgres.host(), postgres.port(), "draft", "prefer"),
        new LoginCredentials(postgres.superuser(), postgres.superuserPassword()),
        CREDENTIALS,
        mapped);
  }

  private static List<String> statements(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("--"))
        .toList();
  }

  private static List<Integer> numbers(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> Integer.parseInt(file.getFileName().toString().substring(0, 4)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CredentialSource credentials() {
    try {
      Path folder = Files.createTempDirectory("tenantry-draft-secrets");
      SecretDirectory.createMissing(folder);
      return new DirectoryCredentialSource(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
