package io.tenantry.testkit.mutants;

import io.tenantry.testkit.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs a module's mutants one after the other, each in a process of its own with a server of its
 * own, since roles are the whole server's. Called from a test of that module, whose class path it
 * takes over. Blocks for minutes; for one thread.
 */
public final class MutantRuns {

  private static final Duration MOST = Duration.ofMinutes(15);

  private final Path root;
  private final String module;
  private final String classPath;
  private final Path results;

  private MutantRuns(Path root, String module, String classPath) {
    this.root = root;
    this.module = module;
    this.classPath = classPath;
    this.results = root.resolve("build/reports/mutants.tsv");
  }

  /**
   * Runs them, and the same tests without any mutant before. Each leaves a line in
   * build/reports/mutants.tsv: its name, {@code killed}, {@code survived} or {@code broken}, and
   * the test that noticed or the reason. Killed is one that a test noticed ({@link Notice}), or
   * with which the product's own check refuses to be set up, in the words that the catalogue says.
   * Broken is one that no test could look at for another reason.
   *
   * @param module its folder's name; the working folder is that module's
   * @return the names of those that no test noticed, or that could not be run
   */
  public static List<String> run(String module) throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    return new MutantRuns(root, module, System.getProperty("java.class.path")).all();
  }

  private List<String> all() throws IOException {
    Pattern only = Pattern.compile(System.getenv().getOrDefault("ONLY", ""));
    List<Mutant> mutants =
        Mutant.read(root.resolve("ops/dev/mutants.txt")).stream()
            .filter(mutant -> mutant.module().equals(module) && only.matcher(mutant.name()).find())
            .toList();
    Files.createDirectories(results.getParent());
    List<String> alive = new ArrayList<>();
    if (!mutants.isEmpty() && !baseline(mutants)) {
      alive.add("none (" + module + ")");
    }
    for (Mutant mutant : mutants) {
      if (!killed(mutant)) {
        alive.add(mutant.name());
      }
    }
    return alive;
  }

  /** A test that fails without a mutant says nothing about one. */
  private boolean baseline(List<Mutant> mutants) throws IOException {
    List<String> tests = mutants.stream().flatMap(m -> m.tests().stream()).distinct().toList();
    Path folder = Files.createTempDirectory("mutant");
    int code = fork(classPath, tests, folder);
    String outcome = code == 0 ? "killed" : "broken";
    return note(
        "none (" + module + ")", outcome, code == 0 ? "all tests pass" : first(said(folder)));
  }

  private boolean killed(Mutant mutant) throws IOException {
    Path folder = Files.createTempDirectory("mutant");
    try {
      Path first = Overlay.of(mutant, root, classPath, folder);
      int code = fork(first + File.pathSeparator + classPath, mutant.tests(), folder);
      return switch (code) {
        case 0 -> note(mutant.name(), "survived", String.join(" ", mutant.tests()));
        case FirstFailure.NOTICED -> note(mutant.name(), "killed", first(said(folder)));
        case FirstFailure.NOT_SET_UP -> notSetUp(mutant, said(folder));
        default -> note(mutant.name(), "broken", "the process ended with " + code);
      };
    } catch (IllegalStateException e) {
      return note(mutant.name(), "broken", String.valueOf(e.getMessage()));
    }
  }

  private boolean notSetUp(Mutant mutant, String said) throws IOException {
    boolean refused = mutant.setUp() != null && said.contains(mutant.setUp());
    return refused
        ? note(mutant.name(), "killed", "set-up of " + first(said) + ": " + mutant.setUp())
        : note(mutant.name(), "broken", "set-up of " + said);
  }

  private static String first(String said) {
    return said.lines().findFirst().orElse("");
  }

  private int fork(String path, List<String> tests, Path folder) throws IOException {
    List<String> command =
        ChildProcess.java(
            // A short life is not worth the better compiler.
            "-XX:TieredStopAtLevel=1",
            // The changelog is there twice; the first one on the class path counts.
            "-Dliquibase.duplicateFileMode=SILENT",
            "-cp",
            path,
            FirstFailure.class.getName(),
            folder.resolve("said").toString());
    for (String test : tests) {
      command.add(fullName(test));
    }
    ChildProcess process = ChildProcess.start(command, Map.of(), folder.resolve("log"));
    try {
      return process.exitCode(MOST);
    } finally {
      process.kill();
    }
  }

  private String fullName(String test) throws IOException {
    Path sources = root.resolve(module).resolve("src/test/java");
    try (Stream<Path> files = Files.walk(sources)) {
      Path file = files.filter(path -> path.endsWith(test + ".java")).findFirst().orElseThrow();
      String name = sources.relativize(file).toString();
      return name.substring(0, name.length() - ".java".length()).replace('/', '.');
    }
  }

  private static String said(Path folder) throws IOException {
    Path said = folder.resolve("said");
    return Files.exists(said) ? Files.readString(said) : "see " + folder.resolve("log");
  }

  private boolean note(String name, String outcome, String detail) throws IOException {
    String line = name + "\t" + outcome + "\t" + detail.replaceAll("\\s+", " ") + "\n";
    Files.writeString(results, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return outcome.equals("killed");
  }
}
