package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import java.util.UUID;

/**
 * A tenant whose rows show by their values whose they are.
 *
 * @param mark in every text of its rows and in no other tenant's
 * @param order one that it has from the beginning
 * @param report likewise
 */
record SoakTenant(TenantId id, String mark, UUID order, UUID report) {

  static String mark(int number) {
    return "soak%03d".formatted(number);
  }

  boolean owns(String text) {
    return text.contains(mark);
  }
}
