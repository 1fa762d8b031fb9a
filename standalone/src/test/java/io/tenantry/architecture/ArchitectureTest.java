package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final String FIXTURES = "io.tenantry.architecture.fixture";

  private static final JavaClasses PRODUCT = Product.classes();

  static List<ArchitectureRule> rules() {
    return Rules.all();
  }

  static List<Door> doors() {
    return List.copyOf(Exemptions.DOORS.values());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theProductKeepsTheRule(ArchitectureRule rule) {
    rule.over(Base.PRODUCT).check(PRODUCT);
  }

  /** No fewer, so that the rule sees each way to break it; no more, so that it lets the rest be. */
  @ParameterizedTest
  @MethodSource("rules")
  void theRuleNamesExactlyTheWrongClassesOfItsFixture(ArchitectureRule rule) {
    JavaClasses fixture = fixture(rule.name());
    Set<String> wrong =
        Product.names(fixture).stream()
            .filter(name -> name.substring(name.lastIndexOf('.') + 1).startsWith("Wrong"))
            .filter(name -> !name.contains("$"))
            .collect(Collectors.toCollection(TreeSet::new));
    EvaluationResult result = rule.over(new Base(FIXTURES + "." + rule.name())).evaluate(fixture);
    assertThat(wrong).as("classes of the fixture that break the rule").isNotEmpty();
    assertThat(result.hasViolation()).isTrue();
    assertThat(named(result)).isEqualTo(wrong);
  }

  @Test
  void everyRuleHasAFixtureAndEveryFixtureARule() throws IOException {
    Path folder = Path.of("src/test/java", FIXTURES.replace('.', '/'));
    try (Stream<Path> fixtures = Files.list(folder)) {
      assertThat(fixtures.filter(Files::isDirectory).map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              rules().stream().map(ArchitectureRule::name).toList());
    }
  }

  @Test
  void everySourceFileOfEveryModuleIsRead() throws IOException {
    Set<String> read = Product.names(PRODUCT);
    assertThat(Product.modules()).containsExactlyInAnyOrderElementsOf(ModuleRules.MAY_USE.keySet());
    for (String module : Product.modules()) {
      assertThat(Product.sources(module)).as("sources of %s", module).isNotEmpty();
      assertThat(read).as("classes read of %s", module).containsAll(Product.sources(module));
    }
  }

  @Test
  void noTestAndNoFixtureIsReadAsTheProduct() {
    assertThat(Product.names(PRODUCT))
        .noneMatch(name -> name.startsWith("io.tenantry.architecture"));
  }

  /** A door that was renamed would stand open. */
  @ParameterizedTest
  @MethodSource("doors")
  void theDoorIsThere(Door door) {
    JavaClass owner = PRODUCT.get(Base.PRODUCT.name() + "." + door.owner());
    assertThat(owner.getMethods().stream().map(method -> method.getName()))
        .containsAll(door.methods());
  }

  /** An exemption that nothing needs waits for somebody to use it. */
  @ParameterizedTest
  @MethodSource("doors")
  void everyListedCallerUsesTheDoor(Door door) throws IOException {
    for (Exemption caller : begun(door.callers())) {
      assertThat(PRODUCT)
          .as("uses of %s by %s", door.owner(), caller.place())
          .anyMatch(
              type ->
                  caller.covers(Base.PRODUCT, type)
                      && door.passages(Base.PRODUCT, type).findAny().isPresent());
    }
  }

  @Test
  void everyPlaceExemptedForConnectionsIsThere() throws IOException {
    for (Exemption exemption : begun(Exemptions.CONNECTIONS)) {
      assertThat(PRODUCT)
          .as(exemption.place())
          .anyMatch(type -> exemption.covers(Base.PRODUCT, type));
    }
  }

  /** Those in modules of which more than the name is there. */
  private static List<Exemption> begun(List<Exemption> exemptions) throws IOException {
    Set<String> begun = new TreeSet<>();
    for (String module : Product.modules()) {
      if (Product.isBegun(module)) {
        begun.add(module);
      }
    }
    return exemptions.stream()
        .filter(each -> begun.contains(each.place().substring(0, each.place().indexOf('.'))))
        .toList();
  }

  private static JavaClasses fixture(String name) {
    return new ClassFileImporter().importPackages(FIXTURES + "." + name);
  }

  private static Set<String> named(EvaluationResult result) {
    Set<String> named = new TreeSet<>();
    result.<JavaClass>handleViolations(
        (types, message) -> types.forEach(type -> named.add(Base.outermost(type))));
    // A package-info is wrong only with its whole package, of which another class tells.
    named.removeIf(name -> name.endsWith(".package-info"));
    return named;
  }
}
