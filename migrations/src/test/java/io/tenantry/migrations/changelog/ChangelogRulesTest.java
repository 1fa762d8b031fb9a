package io.tenantry.migrations.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Liquibase would pass over in silence: misspelt flags, lost comments, missing rollbacks. */
class ChangelogRulesTest {

  private static final Path TREES = Path.of("src", "main", "resources", "db");
  private static final Pattern HEADER =
      Pattern.compile(
          "--changeset tenantry:[a-z0-9-]+ splitStatements:false rollbackSplitStatements:false"
              + " stripComments:false");

  @Test
  void everyChangesetSaysWhatItDoesAndHowItIsUndone() throws IOException {
    List<String> headers = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      assertThat(lines.getFirst()).as(file.toString()).isEqualTo("--liquibase formatted sql");
      for (String changeset : String.join("\n", lines).split("(?m)^(?=--changeset)", -1)) {
        if (changeset.startsWith("--changeset")) {
          List<String> own = changeset.lines().toList();
          headers.add(own.getFirst());
          assertThat(own.getFirst()).as(file.toString()).matches(HEADER);
          assertThat(own.get(1)).as(own.getFirst()).startsWith("--comment: ");
          assertThat(own)
              .as(own.getFirst())
              .filteredOn(line -> line.startsWith("--comment"))
              .hasSize(1);
          assertThat(own).as(own.getFirst()).anyMatch(line -> line.startsWith("--rollback "));
        }
      }
    }
    assertThat(headers).hasSizeGreaterThan(10).doesNotHaveDuplicates();
  }

  @Test
  void theTenantTreeIsTheSameTextForEveryTenant() throws IOException {
    for (Path file : files()) {
      if (file.toString().contains("tenant")) {
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
            .as(file.toString())
            .doesNotContain("${")
            .doesNotContainPattern("tenant_[0-9a-f]{8}");
      }
    }
  }

  @Test
  void everyFileIsInARoot() throws IOException {
    String roots =
        Files.readString(TREES.resolve("platform.xml"), StandardCharsets.UTF_8)
            + Files.readString(TREES.resolve("tenant.xml"), StandardCharsets.UTF_8);
    for (Path file : files()) {
      assertThat(roots)
          .contains("file=\"" + TREES.relativize(file).toString().replace('\\', '/') + "\"");
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(TREES)) {
      return all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }
}
