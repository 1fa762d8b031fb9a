package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.isolation.IsolationState.Look;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this instance knows of its isolation. */
record IsolationDocument(boolean safe, List<CheckDocument> checks) {

  /**
   * The last look of one check.
   *
   * @param at when it ended, null when it has not looked yet
   * @param stale whether that is so long ago that it proves nothing any more
   */
  record CheckDocument(
      Check check, @Nullable Instant at, boolean stale, List<FindingDocument> findings) {}

  static IsolationDocument of(IsolationState state, Freshness freshness) {
    return new IsolationDocument(
        state.safe(),
        Arrays.stream(Check.values()).map(check -> last(state, freshness, check)).toList());
  }

  private static CheckDocument last(IsolationState state, Freshness freshness, Check check) {
    Optional<Look> look = state.last(check);
    return new CheckDocument(
        check,
        look.map(Look::at).orElse(null),
        freshness.stale(check),
        FindingDocument.of(look.map(Look::findings).orElse(List.of())));
  }
}
