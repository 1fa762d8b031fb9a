package io.tenantry.persistence.prober;

import static io.tenantry.tenancy.finding.FindingCode.FOREIGN_ROW_VISIBLE;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_NOT_ENTERED;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Through the mapping and through plain SQL of a service's transaction, on whatever connection the
 * pool gives. The mapping's own condition hides foreign rows too; the plain query has none.
 */
@Component
@Order(2)
final class MappedWay implements WayIn {

  private static final String MAPPED = "select p.id from IsolationProbe p";
  private static final String PLAIN = "select p.tenant_id from " + Rows.PROBES + " p limit 2";

  private final EntityManager entities;
  private final JdbcTemplate sql;
  private final TransactionTemplate transaction;

  MappedWay(EntityManager entities, JdbcTemplate sql, PlatformTransactionManager transactions) {
    this.entities = entities;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  @Override
  public void look(TenantId first, TenantId second, Seen seen) {
    for (TenantId tenant : List.of(first, second)) {
      TenantContext.run(
          tenant,
          () ->
              transaction.executeWithoutResult(
                  _ -> {
                    judge(
                        entities.createQuery(MAPPED, UUID.class).setMaxResults(2).getResultList(),
                        "the mapped table of probes",
                        tenant,
                        seen);
                    judge(sql.queryForList(PLAIN, UUID.class), Rows.PROBES, tenant, seen);
                  }));
    }
  }

  private static void judge(
      List<? extends @Nullable UUID> rows, String table, TenantId tenant, Seen seen) {
    seen.demand(
        rows.stream().allMatch(tenant.value()::equals),
        FOREIGN_ROW_VISIBLE,
        table,
        "A tenant sees rows of others.");
    seen.demand(!rows.isEmpty(), TENANT_NOT_ENTERED, table, "A tenant does not see its own row.");
  }
}
