package io.tenantry.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts for one connection, or for all of them. Safe for several threads. */
final class TrafficCounter {
  private final Map<Character, Integer> messages = new HashMap<>();
  private final List<String> statements = new ArrayList<>();
  private int roundTrips;
  private int requests;
  private int readyForQuery;

  synchronized void client(char type, @Nullable String sql, boolean request, boolean waits) {
    messages.merge(type, 1, Integer::sum);
    requests += request ? 1 : 0;
    roundTrips += waits ? 1 : 0;
    if (sql != null) {
      statements.add(sql);
    }
  }

  synchronized void ready() {
    readyForQuery++;
  }

  synchronized void reset() {
    messages.clear();
    statements.clear();
    roundTrips = 0;
    requests = 0;
    readyForQuery = 0;
  }

  synchronized Traffic snapshot() {
    return new Traffic(roundTrips, requests, readyForQuery, messages, statements);
  }
}
