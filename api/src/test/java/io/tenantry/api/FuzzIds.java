package io.tenantry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The ids that a fuzz run asks for: acme's own, and globex's, whose rows all have the canary. */
final class FuzzIds {

  static final String CANARY = "canary-7c1e9b54";

  private static final int ROWS = 20;
  private static final int CLIENTS = 5;

  private static final String SLUG = "acme-fuzz";

  private final List<String> orders = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final List<String> clients = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  private FuzzIds() {}

  /** Plants the rows of both tenants, and a tenant with clients for the operator. */
  static FuzzIds plant(ApiServer api, String acme, String globex, String operator) {
    FuzzIds ids = new FuzzIds();
    api.call("PUT", "/admin/v1/tenants/" + SLUG).json("{}").token(operator).send();
    for (int i = 0; i < ROWS; i++) {
      ids.orders.add(order(api, acme, "OWN"));
      ids.reports.add(report(api, acme, "own"));
      ids.foreign.add(order(api, globex, CANARY));
      ids.foreign.add(report(api, globex, CANARY));
    }
    for (int i = 0; i < ROWS; i++) {
      ids.foreign.add(fill(api, globex, ids.foreign.get(2 * i), CANARY));
      fill(api, acme, ids.orders.get(i), "own");
    }
    for (int i = 0; i < CLIENTS; i++) {
      ids.clients.add(
          api.post("/admin/v1/tenants/" + SLUG + "/clients", "{}")
              .token(operator)
              .send()
              .is(201)
              .text("clientId"));
    }
    return ids;
  }

  private static String fill(ApiServer api, String token, String order, String text) {
    String body =
        """
        {"venueFillId":"%s-%s","price":"1","quantity":"0.5","filledAt":"2026-01-31T09:31:00Z"}
        """
            .formatted(text, UUID.randomUUID());
    return api.post("/v1/orders/" + order + "/fills", body).token(token).send().is(201).text("id");
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

  /** What is there, for the parameter {@code name} of {@code path}. */
  String own(Random random, String name, String path) {
    return switch (name) {
      case "slug" -> path.contains("/clients") ? SLUG : slug(random);
      case "clientId" -> any(random, clients);
      default -> any(random, path.contains("reports") ? reports : orders);
    };
  }

  /** An id that is globex's. */
  String foreign(Random random) {
    return any(random, foreign);
  }

  /** All of those, which acme must never be told unless it said them itself. */
  List<String> allForeign() {
    return foreign;
  }

  /** Slugs that are nobody's yet among them; few, since each one that is made stays. */
  private static String slug(Random random) {
    return random.nextInt(4) == 0 ? SLUG : "fuzz-" + random.nextInt(5);
  }

  private static String any(Random random, List<String> some) {
    return some.get(random.nextInt(some.size()));
  }
}
