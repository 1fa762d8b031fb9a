package io.tenantry.control;

import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/**
 * What a purge writes down for good: what there was, and the certificate. As the tables' owner, for
 * the control logins of every instance may only read it: whoever steals one of them makes no
 * certificate, and has none signed that rests on numbers of his own. Thread-safe; blocks on the
 * database; throws {@link LeaseLostException} for a worker that lost the operation.
 */
public final class PurgeRecord {

  private static final String ITEM =
      """
      insert into tenantry_control.purge_inventories
        (tenant_id, number, place, row_count, row_hash, operation_id)
      values (?, ?, ?, ?, ?, ?)
      """;
  private static final String CERTIFY =
      """
      insert into tenantry_control.tenant_certificates
        (tenant_id, operation_id, slug_hash, document, algorithm, key_id, public_key, signature)
      select t.id, ?, t.slug_hash, ?, ?, ?, ?, ?
      from tenantry_control.tenants t where t.id = ?
      """;

  private final FencedTransaction fenced;

  /**
   * @param fenced may take the owner's role
   */
  public PurgeRecord(FencedTransaction fenced) {
    this.fenced = fenced;
  }

  /** Writes down what there is, all of it or nothing; what is there already stays. */
  public void inventory(Operation operation, String worker, List<PurgeItem> items) {
    fenced.<Boolean>asOwner(
        operation.tenant(),
        "writing a purge's inventory",
        connection -> {
          OperationWrites.hold(connection, operation.id(), worker);
          if (PurgeInventories.find(connection, operation).isEmpty()) {
            insert(connection, operation, items);
          }
          return true;
        });
  }

  /**
   * Moves the tenant to PURGED, keeps the certificate, ends the step that did it and the operation.
   *
   * @param last done first, in the same transaction: nobody changes the tenant any more by then
   * @param certificate signs for the moment it is given
   */
  public Tenant purged(
      Operation operation,
      String worker,
      int step,
      SqlWork<?> last,
      Function<Instant, SignedCertificate> certificate) {
    return fenced.asOwner(
        operation.tenant(),
        "ending a purge",
        connection -> {
          TenantStore.lock(connection, operation.tenant());
          last.run(connection);
          SignedCertificate signed = certificate.apply(now(connection));
          EndRecord.finish(
              connection, operation, worker, step, "signed with key " + signed.keyId());
          Tenant tenant =
              TenantTransitions.move(
                  connection, operation.tenant(), TenantState.PURGED, By.worker(worker));
          certify(connection, operation, signed);
          return tenant;
        });
  }

  private static void insert(Connection connection, Operation operation, List<PurgeItem> items)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ITEM)) {
      int number = 0;
      for (PurgeItem item : items) {
        statement.setObject(1, operation.tenant().value());
        statement.setInt(2, ++number);
        statement.setString(3, item.place());
        statement.setLong(4, item.rows());
        statement.setString(5, item.sha256());
        statement.setObject(6, operation.id());
        statement.executeUpdate();
      }
    }
  }

  private static void certify(Connection connection, Operation operation, SignedCertificate signed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CERTIFY)) {
      statement.setObject(1, operation.id());
      statement.setBytes(2, signed.document());
      statement.setString(3, signed.algorithm());
      statement.setString(4, signed.keyId());
      statement.setBytes(5, signed.publicKey());
      statement.setBytes(6, signed.signature());
      statement.setObject(7, operation.tenant().value());
      statement.executeUpdate();
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
