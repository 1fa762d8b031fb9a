package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule by files that break it, each of them nothing else, and by files that keep it. */
class ChangeSetLinterTest {

  private static final Path OWN = Path.of("src", "main", "resources", "db");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aRuleFindsWhatBreaksItAndNothingElse(Rule rule) throws IOException {
    Fixture bad = Fixture.of(rule, "bad", folder);

    assertThat(bad.findings()).containsExactlyElementsOf(Fixture.expected(rule));
    List<Rule> rules =
        new ChangeSetLinter(bad.trees(), Mapping.none())
            .lint().stream().map(RuleFinding::rule).distinct().toList();
    assertThat(rules).contains(rule);
  }

  @ParameterizedTest
  @EnumSource
  void aRuleLetsTheHealthyFormPass(Rule rule) throws IOException {
    assertThat(Fixture.of(rule, "good", folder).findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWaiverWithItsReasonWaivesWhatMayBeWaivedAlone(Rule rule) throws IOException {
    Fixture bad = Fixture.of(rule, "bad", folder);
    Set<List<String>> places = new LinkedHashSet<>();
    for (RuleFinding finding : new ChangeSetLinter(bad.trees(), Mapping.none()).lint()) {
      String id = finding.changeSet();
      if (finding.rule() == rule && id != null && Files.exists(folder.resolve(finding.file()))) {
        places.add(List.of(finding.file(), id));
      }
    }
    for (List<String> place : places) {
      waive(folder.resolve(place.getFirst()), place.getLast(), rule);
    }

    List<Rule> left =
        new ChangeSetLinter(folder, Mapping.none()).lint().stream().map(RuleFinding::rule).toList();

    if (rule.waivable()) {
      assertThat(left).doesNotContain(rule, Rule.MARK_UNKNOWN, Rule.WAIVER_UNUSED);
    } else {
      assertThat(left).contains(rule);
    }
  }

  private static void waive(Path file, String id, Rule rule) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int header = 0;
    while (header < lines.size() && !lines.get(header).contains(":" + id + " ")) {
      header++;
    }
    if (header < lines.size()) {
      int below = lines.get(header + 1).startsWith("--comment:") ? header + 2 : header + 1;
      lines.add(below, "-- tenantry: allow " + rule.id() + ": a test says so");
      Files.write(file, lines);
    }
  }

  @Test
  void ourOwnTreesBreakNoRule() throws IOException {
    assertThat(new ChangeSetLinter(OWN, Mapping.none()).lint()).isEmpty();
  }

  /** The registry took a column's place before anything was released. */
  @Test
  void whatIsReleasedWouldBreakNoOtherRuleToday() throws IOException {
    Fixture.copy(OWN, folder);
    for (Tree tree : Tree.values()) {
      Files.delete(folder.resolve(tree.lock()));
    }
    Files.delete(folder.resolve(LargeTables.FILE));

    assertThat(new ChangeSetLinter(folder, Mapping.none()).lint())
        .extracting(RuleFinding::what)
        .containsExactly(
            "tenantry_control.tenants.schema_version is dropped, and no mapping tells who reads"
                + " it.");
  }

  @Test
  void aFindingReadsLikeACompilersMessage() throws IOException {
    assertThat(
            new ChangeSetLinter(Fixture.of(Rule.COPY_FROM, "bad", folder).trees(), Mapping.none())
                .lint())
        .singleElement()
        .hasToString(
            "tenant/0002_change.sql:5: copy_from in tenant-0002-change: COPY desk_orders FROM."
                + " Load into a table of its own and INSERT .. SELECT from there.");
  }
}
