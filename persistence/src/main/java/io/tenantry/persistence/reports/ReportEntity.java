package io.tenantry.persistence.reports;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** The mapped row of a report. Its key in the database is (tenant_id, id). */
@Entity
@Table(name = "research_reports", schema = PlatformSchemas.API)
class ReportEntity {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  @TenantId
  @SuppressWarnings("UnusedVariable") // Hibernate fills it, and puts it into its conditions.
  private @Nullable UUID tenantId;

  private String title = "";
  private @Nullable String summary;
  private String body = "";
  private @Nullable String symbol;
  private @Nullable String author;

  @Enumerated(EnumType.STRING)
  private ReportStatus status = ReportStatus.DRAFT;

  @Column(updatable = false)
  private Instant createdAt = Instant.EPOCH;

  private Instant updatedAt = Instant.EPOCH;

  @Version private @Nullable Integer version;

  /** For Hibernate. */
  protected ReportEntity() {}

  /**
   * @param now in microseconds
   */
  ReportEntity(String title, String body, Instant now) {
    this.title = title;
    this.body = body;
    this.createdAt = now;
    this.updatedAt = now;
  }

  void change(ReportChange change, Instant now) {
    title = change.title() == null ? title : change.title();
    summary = change.summary() == null ? summary : change.summary();
    body = change.body() == null ? body : change.body();
    symbol = change.symbol() == null ? symbol : change.symbol();
    author = change.author() == null ? author : change.author();
    status = change.status() == null ? status : change.status();
    updatedAt = now;
  }

  int version() {
    return version == null ? 0 : version;
  }

  int textLength() {
    return body.length() + (summary == null ? 0 : summary.length());
  }

  PageKey pageKey() {
    return new PageKey(createdAt, savedId());
  }

  Report view() {
    return new Report(
        savedId(), title, summary, body, symbol, author, status, createdAt, updatedAt, version());
  }

  private UUID savedId() {
    if (id == null) {
      throw new IllegalStateException("A report has an id only once it is saved.");
    }
    return id;
  }
}
