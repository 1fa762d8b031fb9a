package io.tenantry.migrations.drift;

import io.tenantry.control.SqlFailures;
import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaFailure;
import io.tenantry.migrations.schema.SchemaText;
import io.tenantry.migrations.schema.SchemaTurn;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * What a tenant's schema is when exactly the changesets of a plan have run in it. Found out on the
 * server itself, whose version decides how things are printed: a schema and a role are made, the
 * plan is run and looked at, and all of it is rolled back. Nobody else ever sees any of it, waits
 * for it or has to forget what it knew, since a transaction that is rolled back tells no other
 * session anything.
 *
 * <p>What was found is kept, by history and by the server's version. Thread-safe; blocks on the
 * database for about as long as making a tenant takes, once a plan; failures are those of {@link
 * SqlFailures}.
 */
public final class GoldenSchemas {

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);

  private final DataSource migrator;
  private final CapabilitySigner signer;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Golden> known = new HashMap<>();

  /**
   * @param migrator the DDL login; a connection is opened and closed at each question
   * @param signer for changesets that touch rows
   */
  public GoldenSchemas(DataSource migrator, CapabilitySigner signer) {
    this.migrator = migrator;
    this.signer = signer;
  }

  /**
   * What was found out about one plan.
   *
   * @param objects what the fingerprint is made of, as {@link Fingerprints#describe} has it
   */
  private record Golden(String fingerprint, List<CatalogObject> objects) {}

  /** The fingerprint that a schema has when the plan, and nothing else, has run in it. */
  public String fingerprint(Plan plan) {
    return of(plan).fingerprint();
  }

  /** What such a schema holds. */
  public List<CatalogObject> objects(Plan plan) {
    return of(plan).objects();
  }

  /** In what a tenant's schema differs from such a schema; empty: in nothing. Writes nothing. */
  public List<Deviation> deviations(TenantId tenant, Plan plan) {
    String schema = TenantNames.schema(tenant);
    return asked(
        connection -> {
          Golden golden = of(connection, plan);
          // While an index is built beside it, it is neither the one version nor the other.
          connection.send(
              "begin read only; set local lock_timeout = "
                  + LOCK_TIMEOUT.toMillis()
                  + "; "
                  + SchemaTurn.takeInTransaction(tenant));
          return connection.lookAndRollBack(
              inside -> {
                String found = Fingerprints.ofSchemas(inside, List.of(schema)).get(schema);
                return golden.fingerprint().equals(found)
                    ? List.<Deviation>of()
                    : Difference.between(
                        golden.objects(), Fingerprints.describe(inside, schema), schema);
              });
        });
  }

  private Golden of(Plan plan) {
    return asked(connection -> of(connection, plan));
  }

  private Golden of(SchemaConnection connection, Plan plan) throws SchemaFailure, SQLException {
    turn.lock();
    try {
      String key =
          plan.historyHash()
              + ' '
              + connection.rows("show server_version_num").getFirst().getFirst();
      Golden golden = known.get(key);
      if (golden == null) {
        golden = make(connection, plan);
        known.put(key, golden);
      }
      return golden;
    } finally {
      turn.unlock();
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(SchemaConnection connection) throws SchemaFailure, SQLException;
  }

  private <T> T asked(Question<T> question) {
    try (SchemaConnection connection = SchemaConnection.open(migrator)) {
      return question.ask(connection);
    } catch (SchemaFailure e) {
      throw SqlFailures.translate("making a schema to compare with", e.refusal());
    } catch (SQLException e) {
      throw SqlFailures.translate("making a schema to compare with", e);
    }
  }

  private Golden make(SchemaConnection connection, Plan plan) throws SchemaFailure, SQLException {
    TenantId nobody = new TenantId(UUID.randomUUID());
    String schema = TenantNames.schema(nobody);
    // What Liquibase keeps its history in is the same for every plan.
    SchemaText text = new SchemaText(PlanCompiler.tenantTree().with(plan));
    int all = plan.changeSets().size();
    connection.send(
        "begin; set local lock_timeout = "
            + LOCK_TIMEOUT.toMillis()
            + "; create role \""
            + TenantNames.role(nobody)
            + "\" nologin inherit; set local role "
            + PlatformRoles.OWNER
            + "; create schema \""
            + schema
            + "\";\n"
            + SchemaText.within(nobody, LOCK_TIMEOUT, STATEMENT_TIMEOUT));
    if (text.firstInside(0, all).isPresent()) {
      // A tenant that nobody is: a changeset that writes rows meets the policies as in any other.
      connection.enter(signer, nobody, STATEMENT_TIMEOUT, LOCK_TIMEOUT);
    }
    connection.send(text.historyTables() + text.up(nobody, 0, all, true));
    return connection.lookAndRollBack(inside -> look(inside, schema));
  }

  private static Golden look(Connection connection, String schema) throws SQLException {
    String fingerprint = Fingerprints.ofSchemas(connection, List.of(schema)).get(schema);
    if (fingerprint == null) {
      throw new IllegalStateException("The schema that was just made is not in the catalog.");
    }
    return new Golden(fingerprint, Fingerprints.describe(connection, schema));
  }
}
