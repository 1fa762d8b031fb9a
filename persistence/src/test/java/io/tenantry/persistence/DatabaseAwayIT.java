package io.tenantry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.persistence.connection.DatabaseProbe;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is away from the start: nothing is served, but everything starts. */
class DatabaseAwayIT {

  private static final TenantId ACME = new TenantId(UUID.randomUUID());

  @TempDir private static Path secrets;
  private static Serving serving;

  @BeforeAll
  static void start() throws IOException {
    SecretDirectory.createMissing(secrets);
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    serving =
        Serving.start(
            new DatabaseAddress("127.0.0.1", closed, "tenantry", "disable"),
            new DirectoryCredentialSource(secrets),
            Map.of("tenantry.pool.connection-timeout", "300ms"));
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void theProbeSaysSo() {
    assertThat(serving.bean(DatabaseProbe.class).reachable()).isFalse();
  }

  @Test
  void readingAndWritingAnswerThatItIsAway() {
    refused(() -> serving.bean(OrderService.class).get(UUID.randomUUID()));
    refused(() -> serving.bean(OrderService.class).cancel(UUID.randomUUID()));
    refused(() -> serving.bean(ReportService.class).list(10, null));
  }

  @Test
  void withoutATenantTheAnswerIsThatOneIsMissing() {
    assertThatThrownBy(() -> serving.bean(OrderService.class).get(UUID.randomUUID()))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_CONTEXT_MISSING));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(
            () ->
                TenantContext.<Object, Throwable>call(
                    ACME,
                    () -> {
                      call.call();
                      return "done";
                    }))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
  }
}
