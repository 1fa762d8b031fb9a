package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a pool of one, so that what a proof leaves behind is there for the next. */
class EntryProofIT {

  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final Duration LIFETIME = Duration.ofSeconds(4);

  private static Serving serving;
  private static ServingPool pool;

  @BeforeAll
  static void start() {
    serving = Fixture.startWithOneConnection();
    pool = serving.bean(ServingPool.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void whoIsLetInAndHasTheServersTimeHasNoFindingAndLeavesNothing() throws SQLException {
    int before = Backend.look(pool).pid();
    assertThat(serving.bean(EntryProof.class).findings(List.of(ACME), SKEW)).isEmpty();
    assertThat(Backend.look(pool)).isEqualTo(Backend.clean(before));
  }

  @Test
  void aKeyThatTheDatabaseDoesNotHaveIsFoundAndItsConnectionThrownAway() throws SQLException {
    int before = Backend.look(pool).pid();
    byte[] other = new byte[32];
    CapabilitySigner signer =
        new CapabilitySigner(
            () -> new CapabilityKey(1, other), InstantSource.system(), LIFETIME, Fixture.DATABASE);

    List<Finding> found =
        proof(signer, InstantSource.system()).findings(List.of(ACME, Fixture.GLOBEX), SKEW);

    assertThat(found).extracting(Finding::code).containsExactly(FindingCode.CAPABILITY_REFUSED);
    assertThat(found.getFirst().unsafe()).isTrue();
    assertThat(Backend.look(pool).pid()).isNotEqualTo(before);
  }

  @Test
  void clocksThatDisagreeAreFoundAlsoWhereThereIsNoTenantYet() {
    InstantSource late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));

    List<Finding> found = proof(Fixture.PLATFORM.signer(), late).findings(List.of(), SKEW);

    assertThat(found).extracting(Finding::code).containsExactly(FindingCode.CLOCK_SKEWED);
    assertThat(found.getFirst().unsafe()).isFalse();
  }

  @Test
  void oneTenantWhoseRoleAloneIsBrokenSaysNothingAboutThePlatform() {
    TenantId nobody = new TenantId(UUID.randomUUID());
    EntryProof proof = serving.bean(EntryProof.class);
    assertThat(proof.findings(List.of(nobody), SKEW))
        .extracting(Finding::code)
        .containsExactly(FindingCode.CAPABILITY_REFUSED);
    assertThat(proof.findings(List.of(nobody, ACME), SKEW)).isEmpty();
  }

  /** The first reading signs, the next one is taken when the refusal has come. */
  @Test
  void aCapabilityThatWasLateIsFollowedByAnotherAndNoFinding() {
    SlowClock clock = SlowClock.behind(60, 0);
    assertThat(proof(signer(clock), InstantSource.system()).findings(List.of(ACME), SKEW))
        .isEmpty();
    assertThat(clock.isRight()).isTrue();
  }

  @Test
  void whereOneOfTwoRefusedCapabilitiesWasLateNothingIsProven() {
    for (SlowClock clock : List.of(SlowClock.behind(60, 0, 60, 60), SlowClock.behind(60, 60, 60))) {
      EntryProof proof = proof(signer(clock), InstantSource.system());
      assertThatThrownBy(() -> proof.findings(List.of(ACME), SKEW))
          .isInstanceOfSatisfying(
              TenantryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
      assertThat(clock.isRight()).isTrue();
    }
  }

  @Test
  void whatOneTenantIsLateForIsProvenByTheNext() {
    SlowClock clock = SlowClock.behind(60, 0, 60, 0);
    assertThat(
            proof(signer(clock), InstantSource.system())
                .findings(List.of(ACME, Fixture.GLOBEX), SKEW))
        .isEmpty();
  }

  @Test
  void aClockThatIsBehindAllTheTimeIsNoSlownessAndFound() {
    InstantSource late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
    assertThat(proof(signer(late), InstantSource.system()).findings(List.of(ACME), SKEW))
        .extracting(Finding::code)
        .containsExactly(FindingCode.CAPABILITY_REFUSED);
  }

  private static CapabilitySigner signer(InstantSource clock) {
    return new CapabilitySigner(
        Fixture.PLATFORM.credentials()::capabilityKey, clock, LIFETIME, Fixture.DATABASE);
  }

  private static EntryProof proof(CapabilitySigner signer, InstantSource clock) {
    return new EntryProof(pool, new TenantCheckout(signer, Probe.TIMEOUT, Probe.TIMEOUT), clock);
  }
}
