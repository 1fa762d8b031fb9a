package io.tenantry.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which module may use which, and what packages may be called. */
final class ModuleRules {

  private static final Set<String> SHIPPED =
      Set.of(
          "tenancy",
          "credentials",
          "control",
          "persistence",
          "migrations",
          "api",
          "operations",
          "embedded");

  /** The table of modules in docs/architecture.md. */
  static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("tenancy", Set.of()),
          entry("embedded", Set.of()),
          entry("credentials", Set.of("tenancy")),
          entry("control", Set.of("tenancy")),
          entry("persistence", Set.of("tenancy", "credentials")),
          entry("migrations", Set.of("tenancy", "credentials", "control", "embedded")),
          entry("api", Set.of("tenancy", "credentials", "control", "persistence")),
          entry(
              "operations",
              Set.of("tenancy", "credentials", "control", "persistence", "migrations", "embedded")),
          entry("standalone", SHIPPED),
          entry("testkit", Set.of("tenancy", "embedded")));

  private static final Set<String> SAYS_NOTHING =
      Set.of("util", "utils", "common", "helper", "helpers", "impl", "misc");

  private ModuleRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        new ArchitectureRule(
            "directions", "use only the modules that its own may use", ModuleRules::directions),
        new ArchitectureRule(
            "kernel", "use the JDK and JSpecify alone where it is in tenancy", ModuleRules::kernel),
        new ArchitectureRule(
            "packages", "be in a package whose name says what is in it", ModuleRules::packages));
  }

  private static Stream<String> directions(Base base, JavaClass type) {
    String own = base.module(type);
    Set<String> allowed = MAY_USE.get(own);
    if (allowed == null) {
      return Stream.of("Class <" + type.getName() + "> is in no module of the table of modules.");
    }
    return Uses.named(
        type,
        other -> base.holds(other) && !base.module(other).equals(own) && !base.in(other, allowed));
  }

  private static Stream<String> kernel(Base base, JavaClass type) {
    return base.module(type).equals("tenancy")
        ? Uses.named(type, other -> !kernelMayUse(base, other))
        : Stream.empty();
  }

  private static boolean kernelMayUse(Base base, JavaClass other) {
    if (other.isPrimitive() || base.module(other).equals("tenancy")) {
      return true;
    }
    return (Uses.inPackage(other, "java") && !Uses.inPackage(other, "java.sql"))
        || Uses.inPackage(other, "javax.crypto")
        || Uses.inPackage(other, "org.jspecify");
  }

  private static Stream<String> packages(Base base, JavaClass type) {
    return Arrays.stream(base.packagePath(type).split("\\."))
        .filter(SAYS_NOTHING::contains)
        .map(part -> "Class <" + type.getName() + "> is in a package named " + part + ".");
  }
}
