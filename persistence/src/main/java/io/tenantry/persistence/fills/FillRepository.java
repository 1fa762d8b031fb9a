package io.tenantry.persistence.fills;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The fills of the tenant in scope; {@link FillInsert} writes them. */
interface FillRepository extends Repository<FillEntity, UUID> {

  /**
   * Those of them that there are.
   *
   * @param venueFillIds a JSON array of texts: so the statement is the same for any number of them
   */
  @Query(
      nativeQuery = true,
      value =
          """
          select f.id, f.tenant_id, f.order_id, f.venue_fill_id, f.price, f.quantity, f.fee,
            f.fee_currency, f.liquidity, f.filled_at, f.recorded_at
          from tenant__schema.desk_fills f
          where f.tenant_id = :tenant and f.venue_fill_id in (
            select jsonb_array_elements_text(cast(:venueFillIds as jsonb)))
          """)
  List<FillEntity> byVenueFillId(UUID tenant, String venueFillIds);
}
