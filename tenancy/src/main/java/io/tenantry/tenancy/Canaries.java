package io.tenantry.tenancy;

import java.util.List;

/**
 * The two tenants that belong to the platform: the live proof of isolation enters them in turn.
 * Nobody's data are in them; no list shows them, no token is served for them, and only the platform
 * makes them.
 */
public final class Canaries {

  /** The one that the proof enters first. */
  public static final TenantSlug A = new TenantSlug("canary-a");

  /** Its neighbour. */
  public static final TenantSlug B = new TenantSlug("canary-b");

  /** Both, in the order in which the proof enters them. */
  public static final List<TenantSlug> PAIR = List.of(A, B);

  private Canaries() {}

  /** The slugs of both, as texts: a new array, to be bound to a query. */
  public static String[] slugs() {
    return PAIR.stream().map(TenantSlug::value).toArray(String[]::new);
  }

  /** Whether the slug is one of theirs, and so nobody else's. */
  public static boolean reserved(TenantSlug slug) {
    return PAIR.contains(slug);
  }
}
