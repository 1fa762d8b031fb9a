package io.tenantry.testkit.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One check taken away: a text of a source or resource, replaced wherever it stands in the file.
 *
 * @param name unique
 * @param module whose tests have to notice
 * @param tests simple names of their classes, tried in this order
 * @param setUp part of the message with which the product itself refuses to be set up so; null
 *     where the tests are expected to come to their own assertions
 * @param file from the repository's root; under {@code src/main/java} or {@code src/main/resources}
 * @param from what is replaced
 * @param to what it becomes
 */
record Mutant(
    String name,
    String module,
    List<String> tests,
    @Nullable String setUp,
    Path file,
    String from,
    String to) {

  Mutant {
    tests = List.copyOf(tests);
  }

  /**
   * Those of a catalogue. Each begins with a line {@code == name}; {@code run module: Test Test}
   * and {@code file path} follow, with {@code set-up message} between them where there is one, then
   * the two texts, each after a line of its own: {@code ---} and {@code +++}. The second ends at an
   * empty line; what stands between it and the next entry is prose.
   */
  static List<Mutant> read(Path catalogue) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    for (String entry : Files.readString(catalogue).split("(?m)^== ", -1)) {
      if (entry.contains("\n---\n")) {
        mutants.add(of(entry));
      }
    }
    return mutants;
  }

  private static Mutant of(String entry) {
    int from = entry.indexOf("\n---\n");
    int to = entry.indexOf("\n+++", from);
    String rest = entry.substring(to + "\n+++".length()) + "\n\n";
    int end = rest.indexOf("\n\n");
    String[] head = entry.substring(0, from).split("\n", -1);
    String[] run = head[1].substring("run ".length()).split(": ", -1);
    String setUp = head.length > 3 ? head[2].substring("set-up ".length()).strip() : null;
    return new Mutant(
        head[0].strip(),
        run[0],
        List.of(run[1].split(" ", -1)),
        setUp,
        Path.of(head[head.length - 1].substring("file ".length()).strip()),
        entry.substring(from + "\n---\n".length(), to),
        end == 0 ? "" : rest.substring(1, end));
  }
}
