package io.tenantry.tenancy.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.TenantId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitySignerTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final CapabilityKey KEY = new CapabilityKey(7, SECRET);
  private static final TenantId ACME = new TenantId(UUID.randomUUID());
  private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochSecond(1_000));

  private static CapabilitySigner signer(String audience) {
    return new CapabilitySigner(() -> KEY, NOON, Duration.ofSeconds(4), audience);
  }

  @Test
  void theCodeIsWhatTheDatabaseComputesFromThePads() throws Exception {
    Capability capability = signer("tenantry").sign(ACME);
    String text = ACME.hex() + ":1004:tenantry";
    byte[] inner = sha256(KEY.innerPad(), text.getBytes(StandardCharsets.US_ASCII));
    assertThat(capability.mac()).isEqualTo(sha256(KEY.outerPad(), inner));
    assertThat(capability.expires()).isEqualTo(1_004);
    assertThat(capability.keyId()).isEqualTo(7);
  }

  @Test
  void aCapabilityIsOverAtTheSecondThatItNames() {
    Capability capability = signer("tenantry").sign(ACME);
    for (long second : new long[] {1_003, 1_004, 1_005}) {
      CapabilitySigner later =
          new CapabilitySigner(
              () -> KEY,
              InstantSource.fixed(Instant.ofEpochSecond(second)),
              Duration.ofSeconds(4),
              "tenantry");
      assertThat(later.isOver(capability)).as("at %s", second).isEqualTo(second >= 1_004);
    }
  }

  @Test
  void anotherDatabaseNeedsAnotherCode() {
    assertThat(signer("tenantry").sign(ACME).mac())
        .isNotEqualTo(signer("tenantry2").sign(ACME).mac());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 999, 1_500, 5_001, -1_000})
  void aLifetimeOtherThanOneToFiveWholeSecondsIsRefused(long millis) {
    assertThatThrownBy(
            () -> new CapabilitySigner(() -> KEY, NOON, Duration.ofMillis(millis), "tenantry"))
        .hasMessageContaining("1 to 5 whole seconds");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 65})
  void aKeyOfAnotherLengthIsRefused(int length) {
    assertThatThrownBy(() -> new CapabilityKey(1, new byte[length]))
        .hasMessageContaining(length + " bytes");
  }

  @Test
  void neitherKeyNorCapabilityPrintsItsSecret() {
    assertThat(KEY).hasToString("CapabilityKey[id=7]");
    assertThat(signer("tenantry").sign(ACME).toString()).doesNotContain("mac");
  }

  @Test
  void aKeyKeepsItsOwnCopyOfTheSecret() {
    byte[] given = SECRET.clone();
    CapabilityKey key = new CapabilityKey(1, given);
    given[0] = 0;
    assertThat(key.innerPad()).isEqualTo(KEY.innerPad());
  }

  private static byte[] sha256(byte[] first, byte[] second) throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    return MessageDigest.getInstance("SHA-256").digest(both.toByteArray());
  }
}
