package io.tenantry.persistence.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of attacks is what the tests say of themselves, below a part that is written by hand.
 * {@code make docs} writes it anew.
 */
class AttacksPageTest {

  private static final GeneratedFile PAGE = GeneratedFile.of("docs/security/attacks.md");
  private static final String BEGIN = "<!-- From here on generated from the tests: make docs -->";
  private static final int LEAST = 45;

  @Test
  void theCommittedPageIsWhatTheTestsShow() throws Exception {
    String committed = PAGE.text();
    int end = committed.indexOf(BEGIN);
    assertThat(end).as("where the mark is").isNotNegative();
    PAGE.mustBe(committed.substring(0, end) + BEGIN + "\n" + generated());
  }

  @Test
  void enoughIsTried() throws Exception {
    assertThat(attacks()).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void whateverNothingStopsSaysWhatItLeaves() throws Exception {
    for (Method method : attacks()) {
      Attack attack = attack(method);
      if (Arrays.asList(attack.stoppedBy()).contains(Wall.NONE)) {
        assertThat(attack.leaves()).as(method.toString()).isNotEmpty();
      }
    }
  }

  private static String generated() throws Exception {
    StringBuilder page = new StringBuilder();
    page.append(
        "\n## The attacks\n\n| | what is tried | what stops it | test |\n|---|---|---|---|\n");
    StringBuilder rest = new StringBuilder();
    rest.append("\n## What is left\n\n| | what it comes to |\n|---|---|\n");
    int number = 0;
    for (Method method : attacks()) {
      number++;
      Attack attack = attack(method);
      String walls =
          Stream.of(attack.stoppedBy())
              .map(Wall::text)
              .distinct()
              .collect(Collectors.joining(", then "));
      String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
      page.append("| %d | %s | %s | `%s` |\n".formatted(number, cell(attack.tries()), walls, test));
      if (!attack.leaves().isEmpty()) {
        rest.append("| %d | %s |\n".formatted(number, cell(attack.leaves())));
      }
    }
    return page.append(rest).toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static Attack attack(Method method) {
    return method.getAnnotation(Attack.class);
  }

  /** Every annotated test of this package, by class and name: the compiler keeps no order. */
  private static List<Method> attacks() throws IOException, URISyntaxException {
    Path here =
        Path.of(AttacksPageTest.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(AttacksPageTest.class.getPackageName().replace('.', '/'));
    List<Method> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(here)) {
      for (String name : files.map(file -> file.getFileName().toString()).sorted().toList()) {
        if (name.endsWith("IT.class")) {
          found.addAll(annotated(name.substring(0, name.length() - ".class".length())));
        }
      }
    }
    return found;
  }

  private static List<Method> annotated(String simpleName) {
    try {
      Class<?> type =
          Class.forName(
              AttacksPageTest.class.getPackageName() + "." + simpleName,
              false,
              AttacksPageTest.class.getClassLoader());
      return Stream.of(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Attack.class))
          .sorted(Comparator.comparing(Method::getName))
          .toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("A class that was just listed", e);
    }
  }
}
