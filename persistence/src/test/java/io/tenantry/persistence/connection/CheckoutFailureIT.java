package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.ProtocolProxy;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant that cannot be entered: the connection is thrown away, and the pool lends another. */
class CheckoutFailureIT {

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
  void aTenantWithoutARoleIsRefused() throws SQLException {
    int before = Backend.look(pool).pid();
    Throwable failure = enter(checkout(), new TenantId(UUID.randomUUID()));
    thrownAway(failure, "22023", ErrorCode.CHECKOUT_REFUSED, before);
  }

  @Test
  void aWrongKeyIsRefused() throws SQLException {
    refused(signer(() -> new CapabilityKey(1, new byte[32]), InstantSource.system(), database()));
  }

  @Test
  void anUnknownKeyIsRefused() throws SQLException {
    refused(signer(() -> new CapabilityKey(77, new byte[32]), InstantSource.system(), database()));
  }

  @Test
  void aCapabilityForAnotherDatabaseIsRefused() throws SQLException {
    refused(signer(PLATFORM.credentials()::capabilityKey, InstantSource.system(), "other"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -10, 60, 3_600})
  void aClockThatIsOffIsRefused(long seconds) throws SQLException {
    InstantSource off = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(seconds));
    refused(signer(PLATFORM.credentials()::capabilityKey, off, database()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepare planted as select 1",
        "listen news",
        "declare planted cursor with hold for select 1"
      })
  void aSessionThatIsNotCleanIsThrownAway(String sql) throws SQLException {
    int before = Backend.look(pool).pid();
    assertThat(Backend.asLogin(pool, sql)).isNull();
    assertThat(Backend.look(pool).pid()).isEqualTo(before);
    Throwable failure = enter(checkout(), ACME);
    thrownAway(failure, "57P01", ErrorCode.DATABASE_UNAVAILABLE, before);
  }

  @Test
  void theBareLoginMakesNoTemporaryTable() {
    assertThat(Backend.asLogin(pool, "create temp table t (i int)")).isEqualTo("42501");
  }

  @Test
  void manyFailedCheckoutsLeakNoConnection() {
    TenantCheckout wrong =
        checkout(
            signer(() -> new CapabilityKey(1, new byte[32]), InstantSource.system(), database()));
    for (int i = 0; i < 5; i++) {
      assertThat(enter(wrong, ACME)).isInstanceOf(CheckoutException.class);
    }
    // A pool of one lends only what was given back.
    assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
  }

  @Test
  void aConnectionThatBreaksDuringTheCheckoutMeansThatTheDatabaseIsAway() {
    DatabaseAddress real = PLATFORM.address();
    try (ProtocolProxy proxy = ProtocolProxy.open(real.host(), real.port());
        Serving through =
            Serving.start(
                new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
                PLATFORM.credentials(),
                Map.of("tenantry.pool.size", "1"))) {
      ServingPool behind = through.bean(ServingPool.class);
      TenantCheckout cutting =
          new TenantCheckout(PLATFORM.signer(), Probe.TIMEOUT, Probe.TIMEOUT) {
            @Override
            void enter(Connection physical, TenantId tenant) throws SQLException {
              proxy.cut();
              super.enter(physical, tenant);
            }
          };
      Throwable failure = enter(behind, cutting, ACME);
      assertThat(failure).isInstanceOf(CheckoutException.class);
      assertThat(Fixture.sqlState(failure)).startsWith("08");
      assertThat(code(failure)).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(through.read(ACME, () -> Fixture.backend(through))).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "42501, CHECKOUT_REFUSED",
    "22023, CHECKOUT_REFUSED",
    "42883, CHECKOUT_REFUSED",
    "57P01, DATABASE_UNAVAILABLE",
    "57P02, DATABASE_UNAVAILABLE",
    "57P03, DATABASE_UNAVAILABLE",
    "08006, DATABASE_UNAVAILABLE",
    "08003, DATABASE_UNAVAILABLE",
    "28P01, DATABASE_UNAVAILABLE",
    "53300, DATABASE_UNAVAILABLE",
    "57014, DEADLINE_EXCEEDED"
  })
  void theCauseOfAFailedCheckoutDecidesWhatTheCallerIsTold(String state, ErrorCode expected) {
    Throwable failure =
        new IllegalStateException(new CheckoutException(new SQLException("why", state)));
    assertThat(code(failure)).isEqualTo(expected);
  }

  @Test
  void aRefusalOutsideOfTheCheckoutIsABug() {
    assertThat(DatabaseFailures.translate(new SQLException("why", "42501"))).isEmpty();
  }

  private static void refused(CapabilitySigner signer) throws SQLException {
    int before = Backend.look(pool).pid();
    thrownAway(enter(checkout(signer), ACME), "42501", ErrorCode.CHECKOUT_REFUSED, before);
  }

  private static void thrownAway(Throwable failure, String state, ErrorCode code, int before)
      throws SQLException {
    assertThat(failure).isInstanceOf(CheckoutException.class);
    assertThat(Fixture.sqlState(failure)).isEqualTo(state);
    assertThat(code(failure)).isEqualTo(code);
    SeenCodes.saw(code);
    Backend after = Backend.look(pool);
    assertThat(after.pid()).isNotEqualTo(before);
    assertThat(after).isEqualTo(Backend.clean(after.pid()));
    assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isEqualTo(after.pid());
  }

  private static Throwable enter(TenantCheckout checkout, TenantId tenant) {
    return enter(pool, checkout, tenant);
  }

  private static Throwable enter(ServingPool pool, TenantCheckout checkout, TenantId tenant) {
    return catchThrowable(
        () ->
            TenantContext.<String, SQLException>call(
                tenant,
                () -> {
                  try (Connection connection =
                          new FencedConnection(pool, checkout, new SqlGuard(), tenant);
                      Statement _ = connection.createStatement()) {
                    return "entered";
                  }
                }));
  }

  private static ErrorCode code(Throwable failure) {
    return DatabaseFailures.translate(failure).map(TenantryException::code).orElseThrow();
  }

  private static TenantCheckout checkout() {
    return serving.bean(TenantCheckout.class);
  }

  private static TenantCheckout checkout(CapabilitySigner signer) {
    return new TenantCheckout(signer, Probe.TIMEOUT, Probe.TIMEOUT);
  }

  private static String database() {
    return PLATFORM.address().database();
  }

  private static CapabilitySigner signer(
      Supplier<CapabilityKey> key, InstantSource clock, String audience) {
    return new CapabilitySigner(key, clock, LIFETIME, audience);
  }
}
