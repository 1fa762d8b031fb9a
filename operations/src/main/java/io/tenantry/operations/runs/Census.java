package io.tenantry.operations.runs;

import io.tenantry.control.TenantSchema;
import io.tenantry.migrations.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the registry says of all schemas, beside what this build has. Immutable. */
record Census(Plan plan, List<TenantSchema> schemas) {

  /**
   * A version and how many schemas have it; {@code behind} is below 0 for one not of this build.
   */
  record Version(String id, int schemas, int behind) {}

  /** The newest first, those that this build does not know last. */
  List<Version> versions() {
    Map<String, Long> counted =
        schemas.stream()
            .collect(Collectors.groupingBy(TenantSchema::version, Collectors.counting()));
    return counted.entrySet().stream()
        .map(one -> new Version(one.getKey(), one.getValue().intValue(), behind(one.getKey())))
        .sorted(
            Comparator.comparingInt(
                    (Version version) ->
                        version.behind() < 0 ? Integer.MAX_VALUE : version.behind())
                .thenComparing(Version::id))
        .toList();
  }

  private int behind(String version) {
    int all = plan.changeSets().size();
    int ran = plan.count(version).orElse(all + 1);
    return ran > all ? -1 : all - ran;
  }

  /** Those that are not at this build's version. */
  int elsewhere() {
    return (int)
        schemas.stream().filter(schema -> !schema.version().equals(plan.version())).count();
  }

  List<TenantSchema> failed() {
    return schemas.stream().filter(schema -> schema.failedChangeset() != null).toList();
  }

  List<TenantSchema> drifted() {
    return schemas.stream().filter(TenantSchema::drifted).toList();
  }
}
