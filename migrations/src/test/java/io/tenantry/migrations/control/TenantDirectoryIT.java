package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.TenantTransitions;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TenantDirectoryIT {

  private static final By TEST = By.worker("test");

  private final TestPlatform platform = TestPlatform.installed("directory");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantTransitions transitions = new TenantTransitions(control);

  @Test
  void followsChangesAndForgetsWhatIsPurged() {
    try (TenantDirectory directory = directory(Duration.ofMillis(50))) {
      assertThat(directory.lastRefreshed()).isEmpty();
      directory.start();
      Tenant tenant = put("followed");
      await().until(() -> directory.find(tenant.id()).isPresent());
      transitions.move(tenant.id(), TenantState.OFFBOARDING, TEST);
      await()
          .until(
              () -> directory.find(tenant.id()).orElseThrow().state() == TenantState.OFFBOARDING);
      transitions.move(tenant.id(), TenantState.RETAINED, TEST);
      transitions.move(tenant.id(), TenantState.PURGED, TEST);
      await().until(() -> directory.find(tenant.id()).isEmpty());
    }
  }

  /** With a sequence the reader would have seen the later number first, and missed the other. */
  @Test
  void changesBecomeVisibleInTheOrderOfTheirNumbers() throws SQLException {
    Tenant first = put("order-first");
    Tenant second = put("order-second");
    TenantDirectory directory = directory(Duration.ofHours(1));
    directory.refresh();
    try (Connection slow = control.getConnection()) {
      slow.setAutoCommit(false);
      TestPlatform.execute(
          slow,
          "update tenantry_control.tenants set display_name = 'slow' where id = '"
              + first.id()
              + "'");
      Thread fast =
          Thread.startVirtualThread(
              () -> transitions.move(second.id(), TenantState.OFFBOARDING, TEST));
      await()
          .until(
              () -> {
                try (Connection superuser = platform.superuser()) {
                  return TestPlatform.rows(
                              superuser,
                              "select 1 from pg_locks where not granted and database = (select oid"
                                  + " from pg_database where datname = current_database()) or not"
                                  + " granted and locktype = 'transactionid'")
                          .size()
                      > 0;
                }
              });
      directory.refresh();
      assertThat(directory.find(second.id()).orElseThrow().state()).isEqualTo(TenantState.PENDING);
      slow.commit();
      await().until(() -> !fast.isAlive());
    }
    directory.refresh();
    assertThat(directory.find(first.id()).orElseThrow().displayName()).isEqualTo("slow");
    assertThat(directory.find(second.id()).orElseThrow().state())
        .isEqualTo(TenantState.OFFBOARDING);
  }

  @Test
  void servesTheLastKnownStateWhileTheDatabaseIsAway() {
    Tenant tenant = put("survivor");
    try (TenantDirectory directory = directory(Duration.ofMillis(50))) {
      directory.start();
      await().until(() -> directory.find(tenant.id()).isPresent());
      if (!platform.postgres().supportsRestart()) {
        return;
      }
      platform.postgres().stop();
      try {
        assertThatThrownBy(directory::refresh)
            .isInstanceOfSatisfying(
                TenantryException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
        assertThat(directory.find(tenant.id())).contains(tenant);
      } finally {
        platform.postgres().start();
      }
      Instant back = Instant.now();
      await().until(() -> directory.lastRefreshed().orElseThrow().isAfter(back));
      transitions.move(tenant.id(), TenantState.OFFBOARDING, TEST);
      await()
          .until(
              () -> directory.find(tenant.id()).orElseThrow().state() == TenantState.OFFBOARDING);
    }
  }

  @Test
  void aRowThatCannotBeReadIsNotServedAndDoesNotStopTheOthers() throws SQLException {
    Tenant odd = put("odd");
    TenantDirectory directory = directory(Duration.ofHours(1));
    directory.refresh();
    assertThat(directory.find(odd.id())).isPresent();
    String write =
        "update tenantry_control.tenants set state_before_offboarding = %s where id = '"
            + odd.id()
            + "'";
    try (Connection connection = control.getConnection()) {
      TestPlatform.execute(connection, write.replace("%s", "'NOT_YET_INVENTED'"));
      try {
        Tenant even = put("even");
        directory.refresh();
        assertThat(directory.find(odd.id())).isEmpty();
        assertThat(directory.find(even.id())).isPresent();
        TenantDirectory another = directory(Duration.ofHours(1));
        another.refresh();
        assertThat(another.find(odd.id())).isEmpty();
        assertThat(another.find(even.id())).isPresent();
      } finally {
        TestPlatform.execute(connection, write.replace("%s", "null"));
      }
    }
    directory.refresh();
    assertThat(directory.find(odd.id())).isPresent();
  }

  @Test
  void anErrorDoesNotEndTheFollowing() {
    Tenant tenant = put("after-the-error");
    AtomicBoolean met = new AtomicBoolean();
    DataSource broken =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (_, method, arguments) -> {
                  if (!met.getAndSet(true)) {
                    throw new NoClassDefFoundError("for a test");
                  }
                  return method.invoke(control, arguments);
                });
    try (TenantDirectory directory =
        new TenantDirectory(broken, Duration.ofMillis(20), InstantSource.system())) {
      directory.start();
      await().until(() -> directory.find(tenant.id()).isPresent());
      assertThat(met).isTrue();
    }
  }

  private TenantDirectory directory(Duration interval) {
    return new TenantDirectory(control, interval, InstantSource.system());
  }

  private Tenant put(String slug) {
    return new TenantStore(control)
        .put(TenantSpec.of(new TenantSlug(slug), slug), null, false, TEST)
        .tenant();
  }
}
