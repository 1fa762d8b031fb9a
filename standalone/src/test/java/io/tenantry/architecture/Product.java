package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of all modules, and the sources they were compiled from. */
final class Product {

  /** Measures the others from outside: nothing uses it, it may use anything, it is not shipped. */
  private static final Set<String> NOT_READ = Set.of("bench");

  private static final String SOURCES = "src/main/java";

  private Product() {}

  /** Every class that is not a test's. */
  static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(Base.PRODUCT.name());
  }

  static Set<String> names(JavaClasses classes) {
    return classes.stream().map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The modules with sources, by the folders next to this one. */
  static List<String> modules() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(".."))) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          .filter(folder -> Files.isDirectory(folder.resolve(SOURCES)))
          .map(folder -> folder.getFileName().toString())
          .filter(module -> !NOT_READ.contains(module))
          .sorted()
          .toList();
    }
  }

  /** The class of every source file of a module; its {@code package-info}s too. */
  static Set<String> sources(String module) throws IOException {
    Path root = Path.of("..", module, SOURCES);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> root.relativize(file).toString())
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Whether a module is more than its {@code package-info}. */
  static boolean isBegun(String module) throws IOException {
    return sources(module).stream().anyMatch(name -> !name.endsWith("package-info"));
  }
}
