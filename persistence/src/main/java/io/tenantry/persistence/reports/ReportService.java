package io.tenantry.persistence.reports;

import static java.util.Objects.requireNonNull;

import io.tenantry.persistence.audit.AuditAction;
import io.tenantry.persistence.audit.AuditTrail;
import io.tenantry.persistence.paging.KeysetQuery;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reports of the tenant in scope. Every method runs in one transaction, throws {@code
 * TenantryException} with {@code tenant_context_missing} outside of any tenant, and blocks on the
 * database; when it throws, nothing is written. Thread-safe.
 */
@Service
@Transactional
public class ReportService {

  private final ReportRepository reports;
  private final EntityManager entities;
  private final AuditTrail audit;
  private final Clock clock;

  ReportService(ReportRepository reports, EntityManager entities, AuditTrail audit, Clock clock) {
    this.reports = reports;
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Files a report.
   *
   * @throws TenantryException with {@code validation_failed}
   */
  public Report file(NewReport report) {
    ReportRules.check(report);
    ReportEntity entity =
        new ReportEntity(requireNonNull(report.title()), requireNonNull(report.body()), now());
    entity.change(ReportRules.asChange(report), now());
    Report filed = reports.saveAndFlush(entity).view();
    audit.record(AuditAction.REPORT_FILE, filed.id(), null, filed);
    return filed;
  }

  /**
   * Reads a report.
   *
   * @throws TenantryException with {@code not_found} when this tenant has none of that id
   */
  @Transactional(readOnly = true)
  public Report get(UUID id) {
    return find(id).view();
  }

  /**
   * Lists reports, newest first. A page of long ones may have fewer than asked for.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param after null for the first page
   */
  @Transactional(readOnly = true)
  public Page<Report> list(int limit, @Nullable PageKey after) {
    return new KeysetQuery<>(ReportEntity.class, "createdAt")
        .textPage(
            entities,
            limit,
            after,
            ReportEntity::pageKey,
            ReportEntity::view,
            ReportEntity::textLength);
  }

  /**
   * Changes a report.
   *
   * @throws TenantryException with {@code not_found}, {@code precondition_failed} when its version
   *     is another, or {@code validation_failed}
   */
  public Report change(UUID id, int expectedVersion, ReportChange change) {
    ReportEntity entity = find(id, expectedVersion);
    ReportRules.check(change);
    Report before = entity.view();
    entity.change(change, now());
    Report after = reports.saveAndFlush(entity).view();
    audit.record(AuditAction.REPORT_CHANGE, id, before, after);
    return after;
  }

  /**
   * Deletes a report.
   *
   * @throws TenantryException with {@code not_found}, or {@code precondition_failed} when its
   *     version is another
   */
  public void delete(UUID id, int expectedVersion) {
    ReportEntity entity = find(id, expectedVersion);
    Report before = entity.view();
    reports.delete(entity);
    reports.flush();
    audit.record(AuditAction.REPORT_DELETE, id, before, null);
  }

  private ReportEntity find(UUID id, int expectedVersion) {
    ReportEntity entity = find(id);
    if (entity.version() != expectedVersion) {
      throw new TenantryException(
          ErrorCode.PRECONDITION_FAILED, "Report " + id + " is no longer of the version named.");
    }
    return entity;
  }

  private ReportEntity find(UUID id) {
    return reports
        .findById(id)
        .orElseThrow(
            () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no report " + id + "."));
  }

  /** The database keeps microseconds; what is answered is what will be read back. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
