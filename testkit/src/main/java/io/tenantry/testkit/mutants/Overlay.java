package io.tenantry.testkit.mutants;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A folder with the one changed class or resource, to stand first on a class path. */
final class Overlay {

  private Overlay() {}

  /**
   * Makes the folder; nothing is built anew.
   *
   * @throws IllegalStateException when the mutant's text is not in its file, or does not compile
   */
  static Path of(Mutant mutant, Path root, String classPath, Path folder) throws IOException {
    String text = Files.readString(root.resolve(mutant.file()));
    if (!text.contains(mutant.from())) {
      throw new IllegalStateException("its text is not in " + mutant.file());
    }
    String changed = text.replace(mutant.from(), mutant.to());
    Path inModule = mutant.file().subpath(1, mutant.file().getNameCount());
    // Of src/main/java and src/main/resources.
    Path target = folder.resolve("classes").resolve(inModule.subpath(3, inModule.getNameCount()));
    if (!mutant.file().toString().endsWith(".java")) {
      Files.createDirectories(target.getParent());
      Files.writeString(target, changed);
      return folder.resolve("classes");
    }
    Path source = folder.resolve("sources").resolve(inModule);
    Files.createDirectories(source.getParent());
    Files.writeString(source, changed);
    compile(source, classPath, Files.createDirectories(folder.resolve("classes")));
    return folder.resolve("classes");
  }

  private static void compile(Path source, String classPath, Path to) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-parameters",
                      "-proc:none",
                      "-nowarn",
                      "-cp",
                      classPath,
                      "-d",
                      to.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException("it does not compile: " + said);
      }
    }
  }
}
