package io.tenantry.api.precondition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  @Test
  void aTagIsTheVersionInQuotes() {
    assertThat(EntityTag.of(3)).isEqualTo("\"3\"");
    assertThat(EntityTag.demanded("\"3\"")).isEqualTo(3);
    assertThat(EntityTag.demanded(" \"0\" ")).isZero();
    assertThat(EntityTag.optional("\"12\"")).isEqualTo(12);
    assertThat(EntityTag.optional(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"3\"", "\"\"", "\"x\"", "\"03\"", "\"-1\"", "\"9999999999\""})
  void aTagThatIsNoneOfOursIsNoResourcesVersion(String tag) {
    assertThat(EntityTag.demanded(tag)).isEqualTo(-1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "*"})
  void withoutATagThePreconditionIsMissing(String header) {
    refused(header, ErrorCode.PRECONDITION_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "\"3", "\"1\", \"2\"", "\"1\",*", "'3'"})
  void whatIsNotOneTagCannotBeRead(String header) {
    refused(header, ErrorCode.PARAMETER_INVALID);
  }

  private static void refused(String header, ErrorCode code) {
    assertThatThrownBy(() -> EntityTag.demanded(header))
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
