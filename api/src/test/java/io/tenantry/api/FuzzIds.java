package io.tenantry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The ids that a fuzz run asks for: acme's own, and globex's, whose rows all have the canary. */
final class FuzzIds {

  static final String CANARY = "canary-7c1e9b54";

  private static final int ROWS = 20;

  private final Random random;
  private final List<String> orders = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  private FuzzIds(Random random) {
    this.random = random;
  }

  /** Plants the rows of both tenants. */
  static FuzzIds plant(ApiServer api, Random random, String acme, String globex) {
    FuzzIds ids = new FuzzIds(random);
    for (int i = 0; i < ROWS; i++) {
      ids.orders.add(order(api, acme, "OWN"));
      ids.reports.add(report(api, acme, "own"));
      ids.foreign.add(order(api, globex, CANARY));
      ids.foreign.add(report(api, globex, CANARY));
    }
    return ids;
  }

  private static String order(ApiServer api, String token, String text) {
    String body =
        "{\"symbol\":\"%s\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\",\"strategy\":\"%s\"}"
            .formatted(text, text);
    return api.post("/v1/orders", body).token(token).send().is(201).text("id");
  }

  private static String report(ApiServer api, String token, String text) {
    String body = "{\"title\":\"%s\",\"body\":\"%s\"}".formatted(text, text);
    return api.post("/v1/reports", body).token(token).send().is(201).text("id");
  }

  /** An id of a row of acme, for what {@code path} reads. */
  String own(String path) {
    return any(path.contains("reports") ? reports : orders);
  }

  /** An id that is globex's. */
  String foreign() {
    return any(foreign);
  }

  /** All of those, which acme must never be told unless it said them itself. */
  List<String> allForeign() {
    return foreign;
  }

  /** Slugs that are nobody's yet among them; few, since each one that is made stays. */
  String slug() {
    return random.nextInt(4) == 0 ? "acme-fuzz" : "fuzz-" + random.nextInt(5);
  }

  private String any(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }
}
