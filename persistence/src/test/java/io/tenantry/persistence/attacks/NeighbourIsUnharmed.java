package io.tenantry.persistence.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Plants both tenants' rows before each attack. After it, nothing of the neighbour's may have been
 * changed or locked, and its next transaction on the same connection sees its own rows and no
 * others.
 */
final class NeighbourIsUnharmed implements BeforeEachCallback, AfterEachCallback {

  private static final Namespace HERE = Namespace.create(NeighbourIsUnharmed.class);
  private static final String TENANTS_SEEN =
      "select distinct tenant_id from tenantry_api.research_reports"
          + " union select tenant_id from tenantry_api.api_isolation_probes"
          + " union select tenant_id from {globex.schema}.desk_orders";

  @Override
  public void beforeEach(ExtensionContext context) {
    AutoCloseable atTheEnd = Ground::close;
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(Ground.class, key -> atTheEnd, AutoCloseable.class);
    Ground.plant();
    context.getStore(HERE).put("state", Ground.neighboursState());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(Ground.neighboursState())
        .as("the neighbour's rows and grants")
        .isEqualTo(context.getStore(HERE).get("state"));
    for (Attacker way : new Attacker[] {Ground.guarded(), Ground.bare()}) {
      Outcome seen = way.as(Ground.GLOBEX).tries(TENANTS_SEEN);
      assertThat(seen.sqlState()).as(seen.said()).isNull();
      assertThat(seen.rows()).containsExactly(Ground.GLOBEX.toString());
      way.as(Ground.GLOBEX)
          .triesAndTakesBack("update tenantry_api.research_reports set version = version + 1")
          .is("1");
    }
  }
}
