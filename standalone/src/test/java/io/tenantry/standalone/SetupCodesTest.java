package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.testkit.SeenCodes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes that come as exceptions of modules whose own tests may not note them. */
class SetupCodesTest {

  @Test
  void aTakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      isRefused(ErrorCode.PORT_TAKEN, () -> Ports.demandFree(taken.getLocalPort(), "X"));
    }
  }

  @Test
  void aMissingSecret(@TempDir Path empty) {
    isRefused(
        ErrorCode.SECRET_UNREADABLE,
        () -> new DirectoryCredentialSource(empty).login(Duty.MIGRATE));
  }

  @Test
  void aSettingThatCannotBeUsed() {
    isRefused(
        ErrorCode.SETTING_INVALID, () -> StandaloneSettings.from(Map.of("TENANTRY_PORT", "none")));
  }

  @Test
  void aNameThatIsNone() {
    isRefused(ErrorCode.TENANT_ID_INVALID, () -> TenantId.parse("none"));
    isRefused(ErrorCode.SLUG_INVALID, () -> new TenantSlug("-"));
  }

  private static void isRefused(ErrorCode code, ThrowingCallable call) {
    assertThat(SeenCodes.in(catchThrowable(call))).containsExactly(code);
  }
}
