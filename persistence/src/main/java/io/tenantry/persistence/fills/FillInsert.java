package io.tenantry.persistence.fills;

import io.tenantry.persistence.json.JsonForms;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/** Writes any number of fills in one statement, which has the same text for all numbers. */
@Component
class FillInsert {

  // The id decides, not the rest: whether a fill that is there already is the same one is compared
  // afterwards, by whoever asked. One JSON text, since a tenant's connection makes no arrays.
  private static final String INSERT =
      """
      insert into %s.desk_fills (tenant_id, id, order_id, venue_fill_id, price, quantity,
        fee, fee_currency, liquidity, filled_at, recorded_at)
      select :tenant, f.id, f."orderId", f."venueFillId", f.price, f.quantity,
        f.fee, f."feeCurrency", f.liquidity, f."filledAt", f."recordedAt"
      from jsonb_to_recordset(cast(:fills as jsonb)) as f (
        id uuid, "orderId" uuid, "venueFillId" text, price numeric, quantity numeric,
        fee numeric, "feeCurrency" text, liquidity text, "filledAt" timestamptz,
        "recordedAt" timestamptz)
      order by f."venueFillId"
      on conflict (tenant_id, venue_fill_id) do nothing
      returning venue_fill_id
      """
          .formatted(PlatformSchemas.TENANT_PLACEHOLDER);

  private final EntityManager entities;

  FillInsert(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Writes those whose venueFillId the tenant does not have yet. In the order of these ids, so that
   * two batches that share some wait for each other instead of deadlocking.
   *
   * @return the venueFillIds that were written
   */
  Set<String> insert(List<Fill> fills) {
    return Set.copyOf(
        entities
            .unwrap(Session.class)
            .createNativeQuery(INSERT, String.class)
            .setParameter("tenant", TenantContext.required().value())
            .setParameter("fills", JsonForms.write(fills))
            .getResultList());
  }
}
