package io.tenantry.tenancy.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  @ParameterizedTest
  @EnumSource
  void everyCodeIsSnakeCaseAndSaysTheWayOut(ErrorCode code) {
    assertThat(code.id()).matches("[a-z]+(_[a-z]+)*");
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.title()).isNotBlank().doesNotEndWith(".");
    assertThat(code.hint()).endsWith(".");
  }

  @Test
  void noCodeIsGivenTwice() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::id)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAwayForNowIsAnsweredWith503(ErrorCode code) {
    assertThat(code.status() == 503).isEqualTo(code.category() == ErrorCategory.UNAVAILABLE);
  }
}
