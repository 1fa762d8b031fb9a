package io.tenantry.tenancy.capability;

import io.tenantry.tenancy.TenantId;

/**
 * The proof that the holder may enter a tenant for a few seconds. Sent to {@code
 * tenantry_guard.enter} as bound parameters, never as a literal; prints without its code.
 */
public final class Capability {

  private final TenantId tenant;
  private final int keyId;
  private final long expires;
  private final byte[] mac;

  Capability(TenantId tenant, int keyId, long expires, byte[] mac) {
    this.tenant = tenant;
    this.keyId = keyId;
    this.expires = expires;
    this.mac = mac.clone();
  }

  public TenantId tenant() {
    return tenant;
  }

  public int keyId() {
    return keyId;
  }

  /** The last second, since 1970 in UTC, before which the database accepts it. */
  public long expires() {
    return expires;
  }

  /** HMAC-SHA256, 32 bytes. */
  public byte[] mac() {
    return mac.clone();
  }

  @Override
  public String toString() {
    return "Capability[tenant=" + tenant + ", keyId=" + keyId + ", expires=" + expires + "]";
  }
}
