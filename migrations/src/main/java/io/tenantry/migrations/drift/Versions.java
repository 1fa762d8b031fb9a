package io.tenantry.migrations.drift;

import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.migrations.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the schemas of each version should be, for one check. Thread-safe. */
final class Versions {

  private final Plan all;
  private final GoldenSchemas golden;
  private final Map<String, String> fingerprints = new ConcurrentHashMap<>();
  private final Map<String, List<CatalogObject>> objects = new ConcurrentHashMap<>();

  Versions(Plan all, GoldenSchemas golden) {
    this.all = all;
    this.golden = golden;
  }

  /** Empty for a version that this build does not know. */
  Optional<String> fingerprint(String version) {
    return plan(version)
        .map(plan -> fingerprints.computeIfAbsent(version, _ -> golden.fingerprint(plan)));
  }

  /** What a schema of a version with a fingerprint holds. */
  List<CatalogObject> objects(String version) {
    return objects.computeIfAbsent(version, _ -> golden.objects(plan(version).orElseThrow()));
  }

  /** A schema in which nothing has run has the empty version. */
  private Optional<Plan> plan(String version) {
    if (version.isEmpty()) {
      return Optional.of(all.first(0));
    }
    return all.indexOf(version).stream().mapToObj(index -> all.first(index + 1)).findFirst();
  }
}
