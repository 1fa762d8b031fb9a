package io.tenantry.api.migrations;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.persistence.validation.Violations;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body that asks for a run. What is left out, or null, is as usual. */
record MigrationPost(
    @Nullable MigrationDirection direction,
    @Nullable String target,
    @Nullable Integer steps,
    @Nullable List<@Nullable String> canaries,
    @Nullable List<@Nullable Integer> wavePercents,
    @Nullable Integer failureBudget,
    @Nullable Integer workers) {

  static final MigrationPost EMPTY = new MigrationPost(null, null, null, null, null, null, null);

  MigrationRequest request() {
    Violations violations = new Violations();
    List<String> slugs = whole("/canaries", canaries, List.of(), violations);
    List<Integer> waves = whole("/wavePercents", wavePercents, MigrationRequest.WAVES, violations);
    violations.throwIfAny();
    return new MigrationRequest(
        Objects.requireNonNullElse(direction, MigrationDirection.UP),
        target,
        steps,
        slugs,
        waves,
        Objects.requireNonNullElse(failureBudget, MigrationRequest.BUDGET),
        Objects.requireNonNullElse(workers, MigrationRequest.WORKERS));
  }

  private static <T> List<T> whole(
      String pointer, @Nullable List<@Nullable T> given, List<T> usual, Violations violations) {
    if (given == null) {
      return usual;
    }
    List<T> values = given.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    if (values.size() < given.size()) {
      violations.add(pointer, "null", "It takes no null.");
    }
    return values;
  }
}
