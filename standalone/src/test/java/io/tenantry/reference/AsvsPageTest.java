package io.tenantry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names the tests that show its rows; a test that was renamed or deleted is missed. */
class AsvsPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+(?:IT|Test))`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| [0-9.]+[^|]*\\|.*$");
  private static final Pattern STATE = Pattern.compile("\\| (met|partly|operator) \\| [^|]+\\|$");

  @Test
  void everyClassThatThePageNamesExists() throws IOException {
    Set<String> named =
        CLASS.matcher(page()).results().map(hit -> hit.group(1)).collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(testClasses()).containsAll(named);
  }

  @Test
  void everyRowSaysItsStateAndWhere() throws IOException {
    assertThat(ROW.matcher(page()).results().map(MatchResult::group))
        .hasSizeGreaterThan(50)
        .allSatisfy(row -> assertThat(STATE.matcher(row).find()).as(row).isTrue());
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/security/ASVS.md"));
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(AsvsPageTest::sources)
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
