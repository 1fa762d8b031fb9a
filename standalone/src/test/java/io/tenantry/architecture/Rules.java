package io.tenantry.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All rules, by name. */
final class Rules {

  private Rules() {}

  static List<ArchitectureRule> all() {
    Stream<ArchitectureRule> doors =
        Exemptions.DOORS.entrySet().stream().map(door -> door.getValue().rule(door.getKey()));
    return Stream.of(
            ModuleRules.all().stream(),
            doors,
            ConnectionRules.all().stream(),
            ThreadRules.all().stream(),
            EntityRules.all().stream(),
            ConsoleRules.all().stream())
        .flatMap(rules -> rules)
        .sorted(Comparator.comparing(ArchitectureRule::name))
        .toList();
  }
}
