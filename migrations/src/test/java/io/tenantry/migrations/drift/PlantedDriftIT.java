package io.tenantry.migrations.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody does by hand to a tenant's schema is seen, in that tenant, and told in words.
 */
class PlantedDriftIT {

  private static final List<TenantId> BOTH = List.of(Drifting.ACME, Drifting.GLOBEX);

  @ParameterizedTest
  @MethodSource("io.tenantry.migrations.drift.Drifts#all")
  void isSeenInThatTenantAloneAndToldInWords(Drifts.Drift drift) throws SQLException {
    String golden = Drifting.GOLDEN.fingerprint(Drifting.PLAN);
    try (Connection superuser = Drifting.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      assertThat(Fingerprints.of(superuser, BOTH).values()).containsOnly(golden);

      TestPlatform.execute(superuser, Drifting.named(drift.sql()));

      Map<TenantId, String> after = Fingerprints.of(superuser, BOTH);
      assertThat(after.get(Drifting.ACME)).isNotEqualTo(golden);
      assertThat(after.get(Drifting.GLOBEX)).isEqualTo(golden);
      String schema = TenantNames.schema(Drifting.ACME);
      List<Deviation> deviations =
          Difference.between(
              Drifting.GOLDEN.objects(Drifting.PLAN),
              Fingerprints.describe(superuser, schema),
              schema);
      assertThat(deviations).hasSameSizeAs(drift.words());
      for (int i = 0; i < deviations.size(); i++) {
        assertThat(deviations.get(i).toString())
            .startsWith(Drifting.named(drift.words().get(i)))
            .doesNotContain(Fingerprints.MARK);
      }
      superuser.rollback();
    }
  }

  /** No table of a tenant needs a function of its own yet: one is added to the plan here. */
  @Test
  void aChangedBodyOfAFunctionIsToldFromWhereItDiffers() throws SQLException {
    String made =
        "create function net(a int) returns int language sql set search_path = pg_catalog, pg_temp"
            + " as 'select a - 1'";
    List<ChangeSet> changes = new ArrayList<>(Drifting.PLAN.changeSets());
    changes.add(change("with-function", made, true));
    Plan plan = new Plan(changes);
    String schema = TenantNames.schema(Drifting.ACME);
    try (Connection superuser = Drifting.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(superuser, Drifting.named("set local search_path = <acme>"));
      TestPlatform.execute(superuser, "set local role tenantry_owner");
      TestPlatform.execute(superuser, made);
      assertThat(Fingerprints.of(superuser, BOTH).get(Drifting.ACME))
          .isEqualTo(Drifting.GOLDEN.fingerprint(plan));

      TestPlatform.execute(
          superuser,
          made.replace("create", "create or replace").replace("select a - 1", "select a"));

      assertThat(
              Difference.between(
                  Drifting.GOLDEN.objects(plan), Fingerprints.describe(superuser, schema), schema))
          .extracting(Deviation::toString)
          .containsExactly(
              "function net(a integer) is .. a$function$, should be .. a - 1$function$");
      superuser.rollback();
    }
  }

  @Test
  void aSchemaThatIsNotThereIsToldAsThat() {
    assertThat(Difference.between(Drifting.GOLDEN.objects(Drifting.PLAN), List.of(), "tenant_gone"))
        .extracting(Deviation::toString)
        .containsExactly("schema tenant_gone is missing");
  }

  static ChangeSet change(String id, String sql, boolean inTransaction) {
    return new ChangeSet(
        id,
        "test",
        "tenant",
        "9:" + id,
        "sql",
        "",
        sql + ";\n",
        null,
        inTransaction,
        false,
        true,
        false);
  }
}
