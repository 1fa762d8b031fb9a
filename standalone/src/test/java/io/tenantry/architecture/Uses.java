package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a class uses of others. */
final class Uses {

  private Uses() {}

  /** Types that {@code type} names: in its declarations, its annotations and its code. */
  static Stream<String> named(JavaClass type, Predicate<JavaClass> other) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> other.test(dependency.getTargetClass().getBaseComponentType()))
        .map(dependency -> dependency.getDescription());
  }

  /**
   * As {@link #named}, and also types that only pass through: what a called method returns or
   * takes. {@code new JdbcTemplate(builder.build())} names no {@code DataSource} and uses one.
   */
  static Stream<String> handled(JavaClass type, Predicate<JavaClass> other) {
    Stream<String> passing =
        type.getAccessesFromSelf().stream()
            .filter(
                access ->
                    access.getTarget() instanceof CodeUnitAccessTarget target
                        && Stream.concat(
                                Stream.of(target.getRawReturnType()),
                                target.getRawParameterTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .anyMatch(other))
            .map(JavaAccess::getDescription);
    return Stream.concat(named(type, other), passing).distinct();
  }

  /** Calls of, and references to, methods that {@code called} accepts. */
  static Stream<String> calls(JavaClass type, Predicate<JavaAccess<?>> called) {
    return type.getAccessesFromSelf().stream().filter(called).map(JavaAccess::getDescription);
  }

  static boolean inPackage(JavaClass type, String parent) {
    return (type.getPackageName() + ".").startsWith(parent + ".");
  }
}
