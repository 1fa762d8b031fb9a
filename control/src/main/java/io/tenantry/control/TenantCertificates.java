package io.tenantry.control;

import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.tenancy.TenantSlug;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import javax.sql.DataSource;

/** The certificates of purged tenants. Thread-safe; blocks on the database. */
public final class TenantCertificates {

  private static final String FIND =
      """
      select c.document, c.algorithm, c.key_id, c.public_key, c.signature
      from tenantry_control.tenant_certificates c
      where c.slug_hash = encode(sha256(convert_to(?, 'UTF8')), 'hex')
        or c.tenant_id = (select t.id from tenantry_control.tenants t
          where t.slug = ? and t.state = 'PURGED')
      order by c.created_at desc limit 1
      """;

  private final ControlTransactions transactions;

  public TenantCertificates(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * The certificate of the tenant that had the slug and was purged last.
   *
   * @param slug the one it had, or that of its tombstone
   */
  public Optional<SignedCertificate> find(TenantSlug slug) {
    return transactions.call(
        "reading a certificate",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, slug.value());
            statement.setString(2, slug.value());
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new SignedCertificate(
                          row.getBytes(1),
                          row.getString(2),
                          row.getString(3),
                          row.getBytes(4),
                          row.getBytes(5)))
                  : Optional.empty();
            }
          }
        });
  }
}
