package io.tenantry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

  @Test
  void theUrlCarriesNoCredentialsAndItsPartsAreEncoded() {
    DatabaseAddress address = new DatabaseAddress("::1", 5432, "a b&c", "require");
    assertThat(address.jdbcUrl("x/1"))
        .isEqualTo("jdbc:postgresql://[::1]:5432/a+b%26c?sslmode=require&ApplicationName=x%2F1");
  }

  @Test
  void aPortOutOfRangeIsRefusedWithItsValue() {
    assertThatThrownBy(() -> new DatabaseAddress("localhost", 70_000, "tenantry", "disable"))
        .hasMessageContaining("70000");
  }
}
