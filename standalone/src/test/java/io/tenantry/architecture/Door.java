package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Methods that only the listed classes may call.
 *
 * @param owner the class of these methods, relative to the base
 */
record Door(String owner, Set<String> methods, List<Exemption> callers) {

  /** The calls and method references by which {@code type} goes through this door. */
  Stream<JavaAccess<?>> passages(Base base, JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> base.path(access.getTargetOwner()).equals(owner))
        .filter(access -> methods.contains(access.getName()));
  }

  ArchitectureRule rule(String name) {
    String demand = "leave " + owner + "." + String.join("/", methods) + " to its listed callers";
    return new ArchitectureRule(
        name,
        demand,
        (base, type) ->
            Exemption.anyCovers(callers, base, type)
                ? Stream.empty()
                : passages(base, type).map(JavaAccess::getDescription));
  }
}
