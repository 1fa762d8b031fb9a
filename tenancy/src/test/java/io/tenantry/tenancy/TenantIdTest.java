package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.names.TenantNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

  @Test
  void namesAreTheHexDigitsBehindTheirPrefix() {
    TenantId id = TenantId.parse("0190F0E0-1234-7abc-8def-0123456789ab");
    assertThat(id.hex()).isEqualTo("0190f0e012347abc8def0123456789ab");
    assertThat(TenantNames.schema(id)).isEqualTo("tenant_0190f0e012347abc8def0123456789ab");
    assertThat(TenantNames.role(id)).isEqualTo("app_tenant_0190f0e012347abc8def0123456789ab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0190f0e012347abc8def0123456789ab",
        "0190f0e0-1234-7abc-8def-0123456789ab ",
        "00000000-0000-0000-0000-000000000000",
        "x'; drop table tenants; --"
      })
  void anythingButTheCanonicalFormIsRefusedWithTheValueNamed(String text) {
    assertThatThrownBy(() -> TenantId.parse(text)).hasMessageContaining("UUID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "a-1", "abc", "abcdefghijklmnopqrstuvwxyz01234567890123"})
  void slugsOfThreeToFortyCharactersAreAccepted(String slug) {
    assertThat(new TenantSlug(slug).value()).isEqualTo(slug);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "abcdefghijklmnopqrstuvwxyz012345678901234",
        "Acme",
        "1acme",
        "acme-",
        "a_b",
        "acme\n",
        "ac me"
      })
  void otherSlugsAreRefusedWithTheValueNamed(String slug) {
    assertThatThrownBy(() -> new TenantSlug(slug)).hasMessageContaining("'" + slug + "'");
  }
}
