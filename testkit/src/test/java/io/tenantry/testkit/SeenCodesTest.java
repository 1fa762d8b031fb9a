package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SeenCodesTest {

  @Test
  void theCodesOfAFailureAreFoundAndNotedHoweverItIsWrapped() {
    Throwable failure =
        new IllegalStateException(
            new TenantryException(
                ErrorCode.VALIDATION_FAILED,
                "outer",
                new TenantryException(ErrorCode.NOT_FOUND, "inner")));
    assertThat(SeenCodes.in(failure))
        .containsExactly(ErrorCode.VALIDATION_FAILED, ErrorCode.NOT_FOUND);
    assertThat(Path.of("..", "build", "seen-codes", "not_found")).exists();
    assertThat(SeenCodes.in(new IllegalStateException("none"))).isEmpty();
  }
}
