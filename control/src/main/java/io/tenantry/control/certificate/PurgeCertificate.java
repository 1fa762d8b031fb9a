package io.tenantry.control.certificate;

import io.tenantry.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says. It names the tenant by its id and the hash of its slug alone. Immutable.
 *
 * @param slugSha256 of the slug it had, as hex
 * @param removed what was there before the purge, and is not any more
 * @param searched the places where nothing of it was found afterwards
 * @param remaining what is left by design
 */
public record PurgeCertificate(
    TenantId tenant,
    String slugSha256,
    UUID operation,
    Instant createdAt,
    @Nullable Instant deletedAt,
    @Nullable Instant retainedUntil,
    Instant purgedAt,
    List<PurgeItem> removed,
    List<String> searched,
    List<Remaining> remaining) {

  /**
   * Something that is left.
   *
   * @param until when it goes; null: it stays
   */
  public record Remaining(String place, String what, @Nullable Instant until) {}

  public PurgeCertificate {
    removed = List.copyOf(removed);
    searched = List.copyOf(searched);
    remaining = List.copyOf(remaining);
  }

  /** The SHA-256 of a slug, as certificates and tombstones have it. */
  public static String hash(String slug) {
    return Certificates.sha256(slug.getBytes(StandardCharsets.UTF_8));
  }

  /** As JSON in UTF-8: fields in a fixed order, no white space. */
  public byte[] document() {
    JsonText json = new JsonText();
    json.open('{')
        .field("version", 1)
        .field("kind", "tenant-purge")
        .field("tenantId", tenant.toString())
        .field("slugSha256", slugSha256)
        .field("operationId", operation.toString())
        .field("createdAt", createdAt)
        .field("deletedAt", deletedAt)
        .field("retainedUntil", retainedUntil)
        .field("purgedAt", purgedAt);
    json.name("removed").open('[');
    for (PurgeItem item : removed) {
      json.open('{')
          .field("place", item.place())
          .field("rows", item.rows())
          .field("sha256", item.sha256())
          .close('}');
    }
    json.close(']').name("searched").open('[');
    searched.forEach(json::value);
    json.close(']').name("remaining").open('[');
    for (Remaining left : remaining) {
      json.open('{')
          .field("place", left.place())
          .field("what", left.what())
          .field("until", left.until())
          .close('}');
    }
    return json.close(']').close('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
