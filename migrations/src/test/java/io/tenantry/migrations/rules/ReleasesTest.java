package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was released is written down, and held against the trees from then on. */
class ReleasesTest {

  private static final Mapping MAPPED = new Mapping(new TreeSet<>(List.of("desk_orders.note")));

  @TempDir private Path folder;

  @Test
  void aReleaseWritesDownChecksumsAndMapping() throws IOException {
    Path trees = Fixture.of(Rule.ID_TWICE, "good", folder).trees();

    Releases.release(trees, MAPPED);

    assertThat(Releases.of(trees, Tree.TENANT))
        .hasSize(5)
        .allSatisfy((_, checksum) -> assertThat(checksum).startsWith("9:"));
    assertThat(Mapping.released(trees)).isEqualTo(MAPPED);
    assertThat(new ChangeSetLinter(trees, MAPPED).lint()).isEmpty();
  }

  @Test
  void aReleasedChangeSetKeepsItsText() throws IOException {
    Path trees = Fixture.of(Rule.ID_TWICE, "good", folder).trees();
    Releases.release(trees, MAPPED);
    Path file = trees.resolve("tenant/0002_change.sql");
    Files.writeString(file, Files.readString(file).replaceFirst("Orders", "Other orders"));

    assertThat(new ChangeSetLinter(trees, MAPPED).lint())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(Rule.RELEASED_CHANGED);
              assertThat(finding.changeSet()).isEqualTo("tenant-0002-change");
            });
  }

  @Test
  void whatWasReleasedIsNotJudgedByWhatIsMappedLater() throws IOException {
    Path trees = Fixture.of(Rule.DROPS_MAPPED, "good", folder).trees();
    Releases.release(trees, Mapping.none());

    assertThat(new ChangeSetLinter(trees, MAPPED).lint()).isEmpty();
  }

  @Test
  void whatTheReleasedVersionMapsIsHeldThoughTheBuildDoesNotMapItAnyMore() throws IOException {
    Path trees = Fixture.of(Rule.DROPS_MAPPED, "good", folder).trees();
    Files.writeString(trees.resolve(Mapping.FILE), "desk_orders.note\n", StandardCharsets.UTF_8);

    assertThat(new ChangeSetLinter(trees, Mapping.none()).lint())
        .extracting(RuleFinding::rule)
        .containsExactly(Rule.DROPS_MAPPED);
  }

  @Test
  void treesThatBreakARuleAreNotReleased() throws IOException {
    Path trees = Fixture.of(Rule.COPY_FROM, "bad", folder).trees();

    assertThatThrownBy(() -> Releases.release(trees, MAPPED))
        .isInstanceOfSatisfying(
            BrokenRulesException.class,
            e -> assertThat(e.findings()).extracting(RuleFinding::rule).contains(Rule.COPY_FROM));
    assertThat(trees.resolve(Tree.TENANT.lock())).doesNotExist();
  }

  @Test
  void aLineThatIsNoIdAndChecksumIsNamed() throws IOException {
    Path trees = Fixture.of(Rule.COPY_FROM, "good", folder).trees();
    Files.writeString(trees.resolve(Tree.TENANT.lock()), "tenant-0001-desk-orders\n");

    assertThatThrownBy(() -> new ChangeSetLinter(trees, MAPPED).lint())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'tenant-0001-desk-orders' is no id and checksum");
  }
}
