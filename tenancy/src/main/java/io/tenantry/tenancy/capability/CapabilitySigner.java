package io.tenantry.tenancy.capability;

import io.tenantry.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs capabilities for one database. Thread-safe; never blocks beyond what its key supplier does.
 *
 * <p>The signed text is {@code <tenant hex>:<expires>:<audience>} in ASCII; {@code
 * tenantry_guard.enter} builds the same text.
 */
public final class CapabilitySigner {

  /** The longest life the database accepts, counted on its own clock. */
  public static final Duration LONGEST_LIFETIME = Duration.ofSeconds(5);

  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<CapabilityKey> key;
  private final InstantSource clock;
  private final long lifetimeSeconds;
  private final String audience;

  /**
   * @param key asked at each signature, so that a new key is used as soon as it is there
   * @param lifetime 1 to 5 whole seconds. What is missing to 5 is how far this machine's clock may
   *     run ahead of the database's
   * @param audience the database's name: a capability for one database is worth nothing in another
   * @throws IllegalArgumentException for another lifetime
   */
  public CapabilitySigner(
      Supplier<CapabilityKey> key, InstantSource clock, Duration lifetime, String audience) {
    if (lifetime.toSeconds() < 1
        || lifetime.compareTo(LONGEST_LIFETIME) > 0
        || !lifetime.equals(Duration.ofSeconds(lifetime.toSeconds()))) {
      throw new IllegalArgumentException(
          "A capability lives for 1 to 5 whole seconds (tenantry.capability.lifetime), not "
              + lifetime.toMillis()
              + " ms.");
    }
    this.key = key;
    this.clock = clock;
    this.lifetimeSeconds = lifetime.toSeconds();
    this.audience = audience;
  }

  /** A new capability for {@code tenant}, valid from now. */
  public Capability sign(TenantId tenant) {
    CapabilityKey current = key.get();
    long expires = clock.instant().getEpochSecond() + lifetimeSeconds;
    String text = tenant.hex() + ":" + expires + ":" + audience;
    return new Capability(tenant, current.id(), expires, mac(current, text));
  }

  /**
   * Whether the time of a capability that was signed here is over, by the clock it was signed by.
   */
  public boolean isOver(Capability capability) {
    return clock.instant().getEpochSecond() >= capability.expires();
  }

  private static byte[] mac(CapabilityKey key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.secret(), ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM + ".", e);
    }
  }
}
