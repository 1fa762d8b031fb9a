package io.tenantry.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file whose text a test works out. {@code make docs} writes it anew, by {@code
 * -Ddocs.write=true}. For one thread.
 */
public final class GeneratedFile {

  private final Path path;

  private GeneratedFile(Path path) {
    this.path = path;
  }

  /** One of the repository, by its path from the root; the working folder is a module's. */
  public static GeneratedFile of(String path) {
    return new GeneratedFile(Path.of("..").resolve(path).toAbsolutePath().normalize());
  }

  /** What is committed. */
  public String text() throws IOException {
    return Files.readString(path);
  }

  /**
   * Writes {@code text} where that is wanted.
   *
   * @throws AssertionError when the file then says anything else
   */
  public void mustBe(String text) throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
    String committed = text();
    if (!committed.equals(text)) {
      throw new AssertionError(
          path.getFileName()
              + " is not what the code says; run make docs. "
              + first(committed, text));
    }
  }

  private static String first(String committed, String text) {
    String[] there = committed.split("\n", -1);
    String[] said = text.split("\n", -1);
    int line = 0;
    while (line < there.length && line < said.length && there[line].equals(said[line])) {
      line++;
    }
    return "Line %d is%n  %s%nand should be%n  %s"
        .formatted(line + 1, at(there, line), at(said, line));
  }

  private static String at(String[] lines, int line) {
    return line < lines.length ? lines[line] : "(the end)";
  }
}
