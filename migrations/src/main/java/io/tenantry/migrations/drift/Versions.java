package io.tenantry.migrations.drift;

import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.migrations.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the schemas of each version should be, for one check. Thread-safe. */
final class Versions {

  private final Plan all;
  private final GoldenSchemas golden;
  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private final Map<String, Optional<Version>> versions = new ConcurrentHashMap<>();

  Versions(Plan all, GoldenSchemas golden) {
    this.all = all;
    this.golden = golden;
  }

  private record Version(String fingerprint, List<CatalogObject> objects) {}

  /** Empty: it is not known, so it is nobody's. */
  private String hash(String version) {
    OptionalInt count = all.count(version);
    return count.isEmpty() ? "" : all.first(count.getAsInt()).historyHash();
  }

  /**
   * Empty for a version that this build does not know, and for one that it knows by another text:
   * that is the build's fault, and no tenant's.
   *
   * @param historyHash of what has run in the schema; null: not known
   */
  Optional<String> fingerprint(String version, @Nullable String historyHash) {
    // First, since what a build has by mistake may not even run.
    return historyHash == null || historyHash.equals(hashes.computeIfAbsent(version, this::hash))
        ? of(version).map(Version::fingerprint)
        : Optional.empty();
  }

  /** What a schema of a version with a fingerprint holds. */
  List<CatalogObject> objects(String version) {
    return of(version).orElseThrow().objects();
  }

  private Optional<Version> of(String version) {
    return versions.computeIfAbsent(version, this::find);
  }

  private Optional<Version> find(String version) {
    OptionalInt count = all.count(version);
    if (count.isEmpty()) {
      return Optional.empty();
    }
    Plan plan = all.first(count.getAsInt());
    return Optional.of(new Version(golden.fingerprint(plan), golden.objects(plan)));
  }
}
