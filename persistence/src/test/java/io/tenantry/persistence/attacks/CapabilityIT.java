package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.ACME;
import static io.tenantry.persistence.attacks.Ground.GLOBEX;
import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.CAPABILITY;
import static io.tenantry.persistence.attacks.Wall.CONNECTION;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entering a tenant with what one has, stole or made up. */
@ExtendWith(NeighbourIsUnharmed.class)
class CapabilityIT {

  private static final String ENTER = "select tenantry_guard.enter(?::uuid, ?, ?, ?, 10000, 2000)";
  private static final String TITLES = "select title from tenantry_api.research_reports";

  @Test
  @Attack(
      tries = "Enter the neighbour with a stolen capability from one's own transaction",
      stoppedBy = CAPABILITY)
  void aStolenCapabilityIsWorthNothingInTheAttackersRole() {
    enters(guarded(), Ground.PLATFORM.signer().sign(GLOBEX)).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Enter the neighbour with a stolen capability after `SET ROLE` to its role",
      stoppedBy = {STATEMENT, CAPABILITY})
  void aTransactionIsBoundToTheTenantThatItEnteredFirst() {
    Capability stolen = Ground.PLATFORM.signer().sign(GLOBEX);
    bare()
        .inTransaction(
            connection -> {
              Attacker.execute(connection, "set local role {globex.role}");
              return enter(connection, stolen);
            })
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Enter the neighbour with a stolen capability after COMMIT or RESET ALL",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Who gets past the statement check and holds a neighbour's capability is the neighbour"
              + " until it expires, 5 s at most. Capabilities are never in SQL text, in a log or in"
              + " a place that SQL reads.")
  void aStolenCapabilityCountsUntilItExpires() {
    Capability stolen = Ground.PLATFORM.signer().sign(GLOBEX);
    for (String leaving : new String[] {"commit", "reset all"}) {
      guarded().tries(leaving).isRefusedAtTheDoor();
      bare()
          .inTransaction(
              connection -> {
                Attacker.execute(connection, leaving);
                Attacker.execute(connection, "set local role {globex.role}");
                enter(connection, stolen);
                return Attacker.execute(connection, TITLES);
              })
          .tellsTheSecret();
    }
  }

  @Test
  @Attack(
      tries = "Replay one's own capability in another transaction",
      stoppedBy = CAPABILITY,
      leaves = "Within 5 s it may be used again, for the same tenant, in the same database.")
  void aReplayedCapabilityEntersNobodyElse() {
    Capability own = Ground.PLATFORM.signer().sign(ACME);
    enters(guarded(), own).isHarmless();
    enters(guarded(), own).isHarmless();
    enters(guarded().as(GLOBEX), own).isRefusedByTheServer("42501");
    guarded()
        .binds(ENTER, GLOBEX.toString(), own.keyId(), own.expires(), own.mac())
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Enter with a capability that has expired, or one that lives too long",
      stoppedBy = CAPABILITY)
  void aCapabilityLivesForFiveSecondsAndNoLonger() {
    InstantSource now = InstantSource.system();
    for (int seconds : new int[] {-60, -6, 60}) {
      InstantSource clock = () -> now.instant().plusSeconds(seconds);
      enters(guarded(), signer(clock, Ground.DATABASE).sign(ACME)).isRefusedByTheServer("42501");
    }
    // The one of now is good, and leaves the attacker where it is.
    enters(guarded(), signer(now, Ground.DATABASE).sign(ACME)).isHarmless();
  }

  @Test
  @Attack(
      tries = "Enter with a capability that was made for another database",
      stoppedBy = CAPABILITY)
  void aCapabilityIsForOneDatabase() {
    enters(guarded(), signer(InstantSource.system(), "attacks2").sign(ACME))
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Enter with a changed code, another expiry, an unknown key, nulls, timeouts of 0",
      stoppedBy = CAPABILITY)
  void whatWasSignedCannotBeChanged() {
    Capability good = Ground.PLATFORM.signer().sign(ACME);
    byte[] changed = good.mac();
    changed[31] ^= 1;
    guarded()
        .binds(ENTER, ACME.toString(), good.keyId(), good.expires(), changed)
        .isRefusedByTheServer("42501");
    guarded()
        .binds(ENTER, ACME.toString(), good.keyId(), good.expires() + 1, good.mac())
        .isRefusedByTheServer("42501");
    guarded()
        .binds(ENTER, ACME.toString(), good.keyId() + 1, good.expires(), good.mac())
        .isRefusedByTheServer("42501");
    guarded()
        .binds(ENTER, ACME.toString(), good.keyId(), good.expires(), new byte[0])
        .isRefusedByTheServer("42501");
    guarded()
        .tries("select tenantry_guard.enter(null, null, null, null, null, null)")
        .isRefusedByTheServer("42501");
    guarded()
        .binds(
            "select tenantry_guard.enter(?::uuid, ?, ?, ?, 0, 0)",
            ACME.toString(),
            good.keyId(),
            good.expires(),
            good.mac())
        .isRefusedByTheServer("42501");
    CapabilityKey guessed = new CapabilityKey(good.keyId(), new byte[32]);
    CapabilitySigner forger =
        new CapabilitySigner(
            () -> guessed, InstantSource.system(), Duration.ofSeconds(4), Ground.DATABASE);
    enters(guarded(), forger.sign(ACME)).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Enter as a login without a tenant's role, or as the owner",
      stoppedBy = {STATEMENT, CAPABILITY})
  void onlyTheTenantsOwnRoleEnters() {
    Capability stolen = Ground.PLATFORM.signer().sign(GLOBEX);
    for (String role : new String[] {"none", "tenantry_app", "tenantry_owner"}) {
      bare()
          .inTransaction(
              connection -> {
                Attacker.execute(connection, "commit");
                Attacker.execute(connection, "set local role " + role);
                return enter(connection, stolen);
              })
          .isRefusedByTheServer("42501");
    }
  }

  @Test
  @Attack(
      tries = "Go back behind the entering: savepoints, COMMIT, ROLLBACK AND CHAIN",
      stoppedBy = {STATEMENT, CONNECTION})
  void thereIsNoWayBackBehindTheEntering() throws SQLException {
    guarded().tries("savepoint a").isRefusedAtTheDoor();
    guarded().tries("rollback and chain").isRefusedAtTheDoor();
    bare()
        .inTransaction(
            connection -> {
              var before = connection.setSavepoint();
              enter(connection, Ground.PLATFORM.signer().sign(ACME));
              connection.rollback(before);
              return Attacker.execute(connection, TITLES);
            })
        .is("1");
    for (String leaving : new String[] {"commit", "rollback", "rollback and chain", "abort"}) {
      bare().tries(leaving, TITLES).isRefusedByTheServer("42501");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from tenantry_guard.capability_keys",
        "select inner_pad from tenantry_guard.capability_keys for update",
        "delete from tenantry_guard.capability_keys",
        "insert into tenantry_guard.capability_keys (key_id, inner_pad, outer_pad)"
            + " values (9, repeat('a', 64)::bytea, repeat('a', 64)::bytea)",
        "select tenantry_guard.add_key(9, repeat('a', 64)::bytea, repeat('a', 64)::bytea)",
        "select tenantry_guard.drop_key(1)",
        "table tenantry_guard.capability_keys"
      })
  @Attack(
      tries = "Read or change the capability keys, or call `add_key` and `drop_key`",
      stoppedBy = CAPABILITY)
  void theKeysAreNobodys(String sql) {
    if (!sql.startsWith("table")) {
      guarded().tries(sql).isRefusedByTheServer("42501");
    }
    bare().tries(sql).isRefusedByTheServer("42501");
    bare().tries("reset role", sql).isRefusedByTheServer("42501");
  }

  private static Outcome enters(Attacker attacker, Capability capability) {
    return attacker.inTransaction(connection -> enter(connection, capability));
  }

  private static Outcome enter(Connection connection, Capability capability) throws SQLException {
    return Attacker.bind(
        connection,
        ENTER,
        capability.tenant().toString(),
        capability.keyId(),
        capability.expires(),
        capability.mac());
  }

  private static CapabilitySigner signer(InstantSource clock, String audience) {
    return new CapabilitySigner(
        Ground.PLATFORM.credentials()::capabilityKey, clock, Duration.ofSeconds(4), audience);
  }
}
