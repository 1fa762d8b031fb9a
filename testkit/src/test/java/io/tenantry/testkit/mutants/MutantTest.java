package io.tenantry.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue fits the sources: what it takes away is there, and so are the tests it names. */
class MutantTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void eachIsOfATextThatStandsInItsFile() throws IOException {
    for (Mutant mutant : catalogue()) {
      assertThat(Files.readString(ROOT.resolve(mutant.file())))
          .as(mutant.name())
          .contains(mutant.from());
      assertThat(mutant.to()).as(mutant.name()).isNotEqualTo(mutant.from());
    }
  }

  @Test
  void eachHasANameOfItsOwnAndTestsThatThereAre() throws IOException {
    assertThat(catalogue()).hasSizeGreaterThan(25).extracting(Mutant::name).doesNotHaveDuplicates();
    for (Mutant mutant : catalogue()) {
      assertThat(testsOf(mutant.module())).as(mutant.name()).containsAll(mutant.tests());
    }
  }

  /** What refuses the set-up is the product's own check, not the tests' surroundings. */
  @Test
  void whatASetUpIsRefusedWithIsAMessageOfTheProduct() throws IOException {
    for (Mutant mutant : catalogue()) {
      String message = mutant.setUp();
      if (message != null) {
        assertThat(sourcesOfTheProduct())
            .as(mutant.name())
            .anyMatch(text -> text.contains(message));
      }
    }
    assertThat(catalogue()).extracting(Mutant::setUp).anyMatch(Objects::nonNull);
  }

  private static List<String> sourcesOfTheProduct() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String module : List.of("tenancy", "control", "migrations", "persistence", "api")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          texts.add(Files.readString(file));
        }
      }
    }
    return texts;
  }

  private static List<Mutant> catalogue() throws IOException {
    return Mutant.read(ROOT.resolve("ops/dev/mutants.txt"));
  }

  private static List<String> testsOf(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList();
    }
  }
}
