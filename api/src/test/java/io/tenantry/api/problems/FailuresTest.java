package io.tenantry.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.web.firewall.RequestRejectedException;

class FailuresTest {

  @Test
  void aKnownFailureStaysWhatItIsHoweverItIsWrapped() {
    TenantryException known = new TenantryException(ErrorCode.NOT_FOUND, "There is no order x.");

    assertThat(Failures.translate(known)).isSameAs(known);
    assertThat(Failures.translate(new ServletException("handler", known))).isSameAs(known);
  }

  @Test
  void whatNobodyExpectedIsABugOfOurs() {
    assertThat(Failures.translate(new IllegalStateException("secret")).code())
        .isEqualTo(ErrorCode.INTERNAL_ERROR);
    SeenCodes.saw(ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void aRequestThatTheFirewallRejectsCannotBeRead() {
    assertThat(Failures.translate(new RequestRejectedException("x")).code())
        .isEqualTo(ErrorCode.REQUEST_INVALID);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeHasAProblemOfItsOwn(ErrorCode code) {
    Problem problem = Problem.of(code, "Detail.", List.of(), "r");

    assertThat(problem.type()).isEqualTo("/problems/" + code.id());
    assertThat(problem.code()).matches(Pattern.compile("[a-z_]+"));
    assertThat(problem.status()).isBetween(400, 503);
    assertThat(problem.title()).isNotBlank();
    assertThat(problem.hint()).isNotBlank();
  }

  @Test
  void halfASurrogatePairIsNotWritten() {
    Problem problem =
        Problem.of(
            ErrorCode.FIELD_UNKNOWN,
            "a\ud800b",
            List.of(new FieldError("/\udc00", "field_unknown", "\ud83d\ude00\ud83d")),
            "r");

    assertThat(problem.detail()).isEqualTo("a?b");
    assertThat(problem.errors())
        .containsExactly(new FieldError("/?", "field_unknown", "\ud83d\ude00?"));
  }

  @Test
  void whatIsShownIsOneShortLine() {
    assertThat(Shown.brief("a\r\nb\u0000")).isEqualTo("a??b?");
    assertThat(Shown.brief("x".repeat(101))).hasSize(103).endsWith("...");
  }
}
